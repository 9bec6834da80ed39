import { closedLoop } from "./closed-loop";
import type { Sample } from "./interleaved";
import { body, findPgbench, pgbench } from "./pgbench";
import { widePool } from "./wide-pool";

type Raw = { name: "raw" | "pg"; run: (clients: number, seconds: number) => Promise<Sample> };

/**
 * What the machine can do at all: one durable INSERT a transaction into a table like the log, by pgbench (where the machine has it) and by the
 * bare named statement through `pg`.
 */
export async function rawInserts(url: string): Promise<Raw[]> {
  const pool = widePool(url);
  await pool.query(
    "create table raw_events (position bigint generated always as identity primary key, stream_id text, version int, type text, data jsonb, metadata jsonb, recorded_at timestamptz default now(), unique (stream_id, version))",
  );
  let n = 0;
  const insert = () => {
    n += 1;
    const text = "insert into raw_events (stream_id, version, type, data, metadata) values ($1, $2, $3, $4, $5)";
    return pool.query({ name: "raw", text, values: [`raw_${n}`, 1, "MoneyDeposited", body, body] });
  };
  const program = findPgbench();
  const byPg: Raw = { name: "pg", run: (clients, seconds) => closedLoop(clients, seconds, insert) };
  if (!program) return [byPg];
  return [{ name: "raw", run: async (clients, seconds) => ({ value: await pgbench(program, url, { clients, seconds }) }) }, byPg];
}
