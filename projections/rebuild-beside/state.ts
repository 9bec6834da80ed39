import type { Db } from "@/infra/postgres/connect";
import { instant, oneOf, stored, storedOrNull } from "@/infra/rows/stored-column";
import { type ReadRow, type RowReader, readRows } from "@/infra/rows/unreadable-row";

/**
 * `running`: it folds. `level`: it has come as far as the old one. `comparing`: it is held against the old one. These three go on by
 * themselves, in whichever process has the time. `differs`, `stopped` and `failed` wait for somebody, and go on where they were; the others are over.
 */
export type RebuildStatus = (typeof statuses)[number];

const statuses = [
  "running",
  "level",
  "comparing",
  "differs",
  "stopped",
  "failed",
  "cancelled",
  "swapped",
  "rolled_back",
] as const;

export const goingOn: readonly RebuildStatus[] = ["running", "level", "comparing"];
export const resumable: readonly RebuildStatus[] = ["differs", "stopped", "failed"];

/** The last rebuild of a read model. `done` and `target` count events of the log. */
export type Rebuild = {
  projection: string;
  purpose: "rebuild" | "roll_back";
  status: RebuildStatus;
  revision: number;
  workers: number;
  target: bigint;
  done: bigint;
  eventsPerSecond: number | null;
  eventsPerSecondMax: number | null;
  accept: boolean;
  indexed: boolean;
  askedBy: string;
  /** The last who had it go on, accepted its differences or changed its pace since. */
  askedAgainBy: string | null;
  /** Who cancelled or left it. */
  endedBy: string | null;
  fault: string | null;
  /** Rows of the new copy that were held against the old one; null: not compared. */
  compared: bigint | null;
  differences: bigint | null;
  firstDifference: string | null;
  startedAt: Date;
  updatedAt: Date;
  finishedAt: Date | null;
  /** The copy before, for a way back: where it stood when it was put by. */
  keptRevision: number | null;
  keptPosition: bigint | null;
  /** How long the rest of the folding takes at the present rate. */
  msLeft: number | null;
};

const columns = `r.projection, r.purpose, r.status, r.revision, r.workers, r.target, r.done, r.events_per_second as "eventsPerSecond",
  r.events_per_second_max as "eventsPerSecondMax", r.accept, r.indexed, r.asked_by as "askedBy", r.asked_again_by as "askedAgainBy", r.ended_by as "endedBy", r.fault, r.compared, r.differences,
  r.first_difference as "firstDifference", r.started_at as "startedAt", r.updated_at as "updatedAt", r.finished_at as "finishedAt",
  r.kept_revision as "keptRevision", r.kept_position as "keptPosition",
  case when r.status = 'running' and r.events_per_second > 0 then ceil(1000 * greatest(0, r.target::float8 - r.done::float8) / r.events_per_second) end as "msLeft"`;

/** Every read model's last rebuild, those that go on first: for a screen or a terminal that asks again and again. */
export async function rebuildsUnderWay(db: Db): Promise<ReadRow<Rebuild>[]> {
  const { rows } = await db.query<Rebuild>(
    `select ${columns} from rebuilds r order by (r.status = any($1)) desc, r.started_at desc`,
    [goingOn],
  );
  return readRows(rebuildRows, rows);
}

const rebuildRows: RowReader<Rebuild, Rebuild> = {
  table: "rebuilds",
  id: ({ projection }) => projection,
  read: (row) => ({
    ...row,
    purpose: stored("purpose", oneOf(["rebuild", "roll_back"], row.purpose)),
    status: stored("status", oneOf(statuses, row.status)),
    eventsPerSecond: storedOrNull("events_per_second", row.eventsPerSecond, finite),
    startedAt: stored("started_at", instant(row.startedAt)),
    updatedAt: stored("updated_at", instant(row.updatedAt)),
    finishedAt: storedOrNull("finished_at", row.finishedAt, instant),
    msLeft: storedOrNull("events_per_second", row.msLeft, finite),
  }),
};

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** `lock`: for as long as the transaction lasts, nobody else changes what is asked for. */
export async function readRebuild(db: Db, name: string, { lock = false } = {}): Promise<Rebuild | undefined> {
  const { rows } = await db.query<Rebuild>(
    `select ${columns} from rebuilds r where r.projection = $1 ${lock ? "for no key update" : ""}`,
    [name],
  );
  return rows[0];
}

type Change = Partial<
  Pick<
    Rebuild,
    | "status"
    | "endedBy"
    | "fault"
    | "compared"
    | "differences"
    | "firstDifference"
    | "indexed"
    | "target"
    | "eventsPerSecond"
    | "done"
  >
>;

const columnOf: Record<keyof Change, string> = {
  status: "status",
  endedBy: "ended_by",
  fault: "fault",
  compared: "compared",
  differences: "differences",
  firstDifference: "first_difference",
  indexed: "indexed",
  target: "target",
  eventsPerSecond: "events_per_second",
  done: "done",
};

/** Writes down how it goes. False: it no longer goes on, because somebody cancelled it. */
export async function noteProgress(db: Db, name: string, change: Change): Promise<boolean> {
  const entries = Object.entries(change) as [keyof Change, unknown][];
  const { rowCount } = await db.query(
    `update rebuilds set updated_at = date_trunc('milliseconds', clock_timestamp())${entries.map(([key], i) => `, ${columnOf[key]} = $${i + 3}`).join("")}
      where projection = $1 and status = any($2)`,
    [name, goingOn, ...entries.map(([, value]) => value)],
  );
  return rowCount === 1;
}

/** Whether it is still to be carried out. */
export async function goesOn(db: Db, name: string): Promise<boolean> {
  const { rowCount } = await db.query("select from rebuilds where projection = $1 and status = any($2)", [name, goingOn]);
  return rowCount === 1;
}

/** Leaves a rebuild as it is until somebody asks for it again. */
export async function stopRebuild(db: Db, name: string, endedBy: string): Promise<void> {
  await noteProgress(db, name, { status: "stopped", endedBy });
}

/** Where the log ends and the live read model stands. `inLog`: what it has seen is what the log holds (see advance.ts). */
export type Live = { head: bigint; position: bigint; revision: number | null; inLog: boolean };

export async function liveOf(db: Db, name: string): Promise<Live> {
  const { rows } = await db.query<Live>(
    `select h.position as head, coalesce(c.position, 0) as position, c.revision,
            coalesce(c.position, 0) <= h.position and (c.recorded_at is null or c.recorded_at is not distinct from e.recorded_at) as "inLog"
       from (select coalesce((select position from events order by position desc limit 1), 0) as position) h
       left join projection_checkpoints c on c.name = $1 left join events e on e.position = c.position`,
    [name],
  );
  return rows[0] ?? { head: 0n, position: 0n, revision: null, inLog: true };
}

/** Names under which accounts are parked that a copy holds (see parked/). */
export const shadowName = (name: string): string => `${name}:shadow`;
export const keptName = (name: string): string => `${name}:kept`;
