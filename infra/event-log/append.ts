import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";

/** Rows of one append call, as JSON texts: their short names are explained in the migration that makes `append_events`. */
export type AppendRows = {
  events: readonly string[];
  /** `k`: known to be current as of `seen`, hence not compared again while that is the log's last event. */
  reads: readonly { s: AccountId; v: number; k?: boolean }[];
  commands: readonly string[];
  keys: readonly string[];
  /** `recorded_at` per event; import only. */
  stamps: readonly Date[];
  seen: LogEnd | null;
};

/** The log's last event, by position and hash: after a failover the same position may name another one. */
export type LogEnd = { position: bigint; hash: Buffer };

/** `base` is the position before the first event of the call; `same`: the log's end was the one seen. Conflict: nothing was written. */
export type AppendReply =
  | { kind: "written"; base: bigint; at: Date; clock: Date; same: boolean }
  | { kind: "conflict"; clock: Date; stale: readonly AccountId[]; known: readonly { actor: string; id: string }[] };

export type Append = (db: Db, rows: AppendRows) => Promise<AppendReply>;

type Row = {
  base: bigint;
  at: Date | null;
  clock: Date;
  same: boolean;
  stale: { s: AccountId; v: number }[] | null;
  known: { actor: string; id: string }[] | null;
};

/** The one way into the book: one round trip, one transaction for a whole batch. Must run at READ COMMITTED. */
export const appendEvents: Append = (db, rows) =>
  call(db, {
    name: "append_events",
    text: "select base, at, clock, same, stale, known from append_events($1, $2, $3, $4, $5, $6, $7)",
    values: [...parametersOf(rows), new Date()],
  });

/** The same with past stamps, for seeding: the database takes it from the import role only, and only while the book is being seeded. */
export const importEvents: Append = (db, rows) =>
  call(db, {
    name: "import_events",
    text: "select base, at, clock, same, stale, known from import_events($1, $2, $3, $4, $5, $6, $7::timestamptz[])",
    values: [...parametersOf(rows), rows.stamps],
  });

function parametersOf({ events, reads, commands, keys, seen }: AppendRows): unknown[] {
  const array = (rows: readonly string[]) => `[${rows.join(",")}]`;
  return [array(events), JSON.stringify(reads), array(commands), array(keys), seen?.position ?? null, seen?.hash ?? null];
}

async function call(db: Db, query: { name: string; text: string; values: unknown[] }): Promise<AppendReply> {
  const { rows } = await db.query<Row>(query);
  const reply = rows[0];
  if (!reply) throw new Error(`${query.name} answered nothing`);
  if (reply.at === null)
    return { kind: "conflict", clock: reply.clock, stale: (reply.stale ?? []).map(({ s }) => s), known: reply.known ?? [] };
  return { kind: "written", base: reply.base, at: reply.at, clock: reply.clock, same: reply.same };
}
