import type pg from "pg";

/** The log and the commands as their rows have them, read by plain SQL: the checker shares no code with what it checks. */
export type EventRow = {
  position: number;
  stream: string;
  version: number;
  type: string;
  amount: bigint;
  recordedMs: number;
  actor: string;
  command: string;
  hash: string;
};

export type CommandRow = {
  actor: string;
  command: string;
  type: string;
  account: string;
  amount: string | null;
  position: number;
  done: boolean;
  events: string[];
  refusal: unknown;
};

export async function readEventRows(db: pg.Pool): Promise<EventRow[]> {
  const { rows } = await db.query<Omit<EventRow, "amount"> & { amount: string }>(
    `select position::float8 as position, stream_id as stream, version, type, coalesce(data -> 'amount' ->> 'minorUnits', '0') as amount,
            (extract(epoch from recorded_at) * 1000)::float8 as "recordedMs", metadata ->> 'actor' as actor,
            metadata ->> 'commandId' as command, encode(hash, 'hex') as hash
       from events order by position`,
  );
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}

export async function readCommandRows(db: pg.Pool): Promise<CommandRow[]> {
  const { rows } = await db.query<CommandRow>(
    `select actor, id as command, type, account_ids[1] as account, input -> 'amount' ->> 'minorUnits' as amount,
            position::float8 as position, outcome ->> 'ok' = 'yes' as done, coalesce(outcome -> 'events', '[]') as events, outcome -> 'refusal' as refusal
       from commands`,
  );
  return rows;
}
