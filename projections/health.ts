import { logHead } from "@/infra/event-log/read";
import { type LogProtection, logProtection } from "@/infra/postgres/log-protection";
import { instant, storedOrNull } from "@/infra/rows/stored-column";
import { isUnreadableRow, type RowReader, readRow, type UnreadableRow } from "@/infra/rows/unreadable-row";
import type { Runtime } from "@/infra/runtime";
import type { LogReader } from "./log-reader";
import { projections } from "./registry";

const defaults = {
  readers: projections,
  stalledMsMin: 10_000,
  startedAt: Date.now() - process.uptime() * 1_000,
};

export type ProjectionHealth = {
  name: string;
  revision: number;
  position: bigint;
  /** Of the event at the position. */
  recordedAt: Date | null;
  /** When it last took a step. */
  movedAt: Date | null;
  paused: boolean;
  lagEvents: bigint;
  lagMs: number;
  stalled: boolean;
  /** Accounts that it holds at an event which cannot be applied; see parked/. */
  heldAccounts: number;
  /** Its checkpoint, where that holds a time that cannot be shown; the times above are null then. */
  spoilt: UnreadableRow | null;
};

export type Health = {
  log: { position: bigint; recordedAt: Date | null; protection: LogProtection };
  projections: readonly ProjectionHealth[];
};

type Row = {
  name: string;
  revision: number | null;
  position: bigint;
  recordedAt: Date | null;
  updatedAt: Date | null;
  paused: boolean | null;
  pendingAt: Date | null;
  heldAccounts: number;
  now: Date;
};

/**
 * How far the read models are. `lagMs`: how long the first event that is missing has been in the log. `stalled`: there is lag, and for
 * 10 s neither progress nor a younger reason for the lag, or it is ahead of the log; this process gets those 10 s too, from its start.
 */
export async function healthOf(
  { pool }: Pick<Runtime, "pool">,
  options: { readers?: readonly LogReader[]; stalledMsMin?: number; startedAt?: number } = {},
): Promise<Health> {
  const { readers, stalledMsMin, startedAt } = { ...defaults, ...options };
  const { rows } = await pool.query<Row>(checkpointsSql, [readers.map(({ name }) => name)]);
  const { position, recordedAt } = await logHead(pool); // after the checkpoints, so that no lag is negative
  const states = rows.map(({ name, revision, position: reached, ...row }) => {
    const read = readRow(checkpointTimes, { name, ...row });
    const spoilt = isUnreadableRow(read) ? read : null;
    const { recordedAt: trueFor, updatedAt } = isUnreadableRow(read) ? { recordedAt: null, updatedAt: null } : read;
    const pendingAt = instant(row.pendingAt) ?? null;
    const isAhead = reached > position; // history was lost: it waits for a rebuild
    const waitsSince = Math.max(pendingAt?.getTime() ?? 0, updatedAt?.getTime() ?? 0, startedAt);
    return {
      name,
      revision: revision ?? 0,
      position: reached,
      recordedAt: trueFor,
      movedAt: updatedAt,
      paused: row.paused ?? false,
      lagEvents: isAhead ? 0n : position - reached,
      lagMs: pendingAt ? Math.max(0, row.now.getTime() - pendingAt.getTime()) : 0,
      heldAccounts: row.heldAccounts,
      spoilt,
      stalled: isAhead || (pendingAt !== null && row.now.getTime() - waitsSince > stalledMsMin),
    };
  });
  return { log: { position, recordedAt, protection: await logProtection(pool) }, projections: states };
}

const checkpointTimes: RowReader<Pick<Row, "name" | "recordedAt" | "updatedAt">, Pick<Row, "recordedAt" | "updatedAt">> = {
  table: "projection_checkpoints",
  id: ({ name }) => name,
  read: ({ recordedAt, updatedAt }) => ({
    recordedAt: storedOrNull("recorded_at", recordedAt, instant),
    updatedAt: storedOrNull("updated_at", updatedAt, instant),
  }),
};

const checkpointsSql = `
select n.name, c.revision, coalesce(c.position, 0) as position, c.recorded_at as "recordedAt", c.paused, c.updated_at as "updatedAt", e.recorded_at as "pendingAt",
       (select count(*)::int from parked_accounts p where p.reader = n.name) as "heldAccounts", clock_timestamp() as now
  from unnest($1::text[]) with ordinality n(name, i) left join projection_checkpoints c on c.name = n.name
  left join events e on e.position = coalesce(c.position, 0) + 1 order by n.i`;
