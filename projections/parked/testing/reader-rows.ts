import type pg from "pg";
import type { LogReader } from "../../log-reader";
import { clearReader } from "../apply-or-park";

/** For tests: every row that a reader wrote, in one form for all readers. */
export type ReaderRows = { account: string; version: number; row: string }[];

export async function rowsOf(pool: pg.Pool, { name }: LogReader): Promise<ReaderRows> {
  const account = name === "snapshots" ? "stream_id" : "account_id";
  const { rows } = await pool.query<ReaderRows[number]>(
    `select ${account} as account, version, t::text as row from ${name} t order by ${account}, version`,
  );
  return rows;
}

/** As if the reader had never seen an event. */
export async function startOver(pool: pg.Pool, reader: LogReader): Promise<void> {
  const client = await pool.connect();
  await clearReader(client, reader).finally(() => client.release());
  await pool.query("delete from projection_checkpoints where name = $1", [reader.name]);
}
