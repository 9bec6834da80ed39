import type pg from "pg";
import { env } from "@/infra/config/env";
import { type ReadEvent, readLog } from "@/infra/event-log/read";
import type { Db } from "@/infra/postgres/connect";
import { type CheckpointMove, ensureCheckpoint } from "./checkpoints/checkpoints";
import { logPagesOf } from "./log-pages";
import type { LogReader, Projector, ReaderKeys } from "./log-reader";
import { applyOrPark, clearReader } from "./parked/apply-or-park";
import { type Standing, stepTransaction } from "./step-transaction";

export const EVENTS_PER_STEP_MAX = 5_000;
const nearMax = 100; // as few events as are read along with the lock, in case that the reader stands where it stood a moment ago

/**
 * What one step did. `applied`: `behind` is how much of the log was left after it when it began. `level`: nothing left. `busy`: another runner has the row. `superseded`: the read model
 * was made by a newer build, which feeds it. `outdated`: by an older fold; it stands still until it has been made anew beside (rebuild-beside/).
 * `standby`: this database takes no writes.
 */
export type Step =
  | { kind: "applied"; events: number; position: bigint; behind: bigint }
  | { kind: "level" | "busy" | "paused" | "superseded" | "outdated" | "standby" };

/**
 * Feeds one reader its next events, with its checkpoint, in one transaction. An event that cannot be applied holds its account, not the
 * reader (parked/); any other failure leaves all as it was. `standsAt`: from a caller who knows where the reader stood a moment ago and that the log
 * has moved. It saves the glance beforehand, and is no more than a guess.
 */
export async function advance(
  { pools: { projector: pool }, keys }: Projector,
  reader: LogReader,
  eventsMax = EVENTS_PER_STEP_MAX,
  standsAt?: bigint,
): Promise<Step> {
  const glance = standsAt === undefined ? await glanceAt(pool, reader.name) : undefined;
  if (glance?.standby) return { kind: "standby" };
  if (glance) mustStandInLog(glance, reader);
  if (glance?.position === null) await ensureCheckpoint(pool, reader);
  if (glance && glance.position === glance.head && glance.revision === reader.revision) return { kind: "level" };

  const guess = standsAt ?? (glance && nearEnd(glance, reader, eventsMax));
  const early = async (client: pg.PoolClient): Promise<Early> => {
    const events =
      guess === undefined ? undefined : readLog(client, { after: guess, limit: Math.min(nearMax, toPageEnd(guess, eventsMax)) });
    const [now, read] = await Promise.all([glance ?? glanceAt(client, reader.name), events]);
    return { glance: now, guess, events: read };
  };
  const step = await stepTransaction(pool, reader.name, early, (client, standing) =>
    applyNext(client, { pool, keys, reader, eventsMax }, standing),
  );
  return step ?? { kind: "busy" };
}

/** What is read along with the lock: `events` follow the position `guess`. */
type Early = { glance: Glance; guess: bigint | undefined; events: readonly ReadEvent[] | undefined };

async function applyNext(
  client: pg.PoolClient,
  { pool, keys, reader, eventsMax }: { pool: pg.Pool; keys: ReaderKeys; reader: LogReader; eventsMax: number },
  { checkpoint, held, early: { glance, guess, events: read } }: Standing<Early>,
): Promise<{ step: Step; move: CheckpointMove | null }> {
  if (checkpoint.paused && env().testHooks) return { step: { kind: "paused" }, move: null };
  if (checkpoint.revision > reader.revision) return { step: { kind: "superseded" }, move: null };
  mustStandInLog(glance, reader);

  const outdated = checkpoint.revision < reader.revision;
  if (outdated && reader.beside && checkpoint.position > 0n) return { step: { kind: "outdated" }, move: null };
  if (outdated) await clearReader(client, reader);
  const from = outdated ? 0n : checkpoint.position;
  const { head } = glance;
  const events =
    (from === guess ? read : undefined) ??
    (await logPagesOf(pool).after(client, from, { head, size: eventsMax })) ??
    (await readLog(client, { after: from, limit: toPageEnd(from, eventsMax) }));
  const last = events.at(-1);
  if (last) await applyOrPark(client, { reader, keys, before: outdated ? new Map() : held }, events);
  if (!last && !outdated) return { step: { kind: "level" }, move: null };
  const position = last?.position ?? from;
  return {
    step: { kind: "applied", events: events.length, position, behind: head > position ? head - position : 0n },
    move: { name: reader.name, revision: reader.revision, position, recordedAt: last?.recordedAt ?? null },
  };
}

/** From there on a reader goes by pages, if there are any. */
function toPageEnd(position: bigint, eventsMax: number): number {
  return eventsMax - Number(position % BigInt(eventsMax));
}

/** Where the reader stands, if so little follows that it is best read along with the lock. More of it is read by pages. */
function nearEnd({ head, position, revision }: Glance, reader: LogReader, eventsMax: number): bigint | undefined {
  const near = position !== null && revision === reader.revision && head - position < Math.min(nearMax, eventsMax);
  return near ? position : undefined;
}

type Glance = {
  standby: boolean;
  head: bigint;
  position: bigint | null;
  revision: number | null;
  recordedAt: Date | null;
  /** When the event at the position was recorded; null where there is none. */
  standsAt: Date | null;
};

/** A reader ahead of the log, or on another history, would take events to come for such as it has seen. It waits until it is rebuilt. */
function mustStandInLog({ head, position, revision, recordedAt, standsAt }: Glance, { name, revision: ours }: LogReader): void {
  if (!position || revision !== ours) return;
  if (standsAt === null)
    throw new Error(
      `history was lost: ${name} stands at position ${position}, and the log ends at ${head}. Run verify, then rebuild it.`,
    );
  if (recordedAt && recordedAt.getTime() !== standsAt.getTime())
    throw new Error(
      `history was lost: ${name} has seen another event at position ${position} than the log holds. Run verify, then rebuild it.`,
    );
}

// Cheap and without a lock, since an idle runner asks it four times a second.
async function glanceAt(db: Db, name: string): Promise<Glance> {
  const { rows } = await db.query<Glance>({
    name: "glance",
    text: `select pg_is_in_recovery() as standby, coalesce((select e.position from events e order by e.position desc limit 1), 0) as head, c.position, c.revision,
            c.recorded_at as "recordedAt", (select e.recorded_at from events e where e.position = c.position) as "standsAt"
       from (select) one left join projection_checkpoints c on c.name = $1`,
    values: [name],
  });
  return rows[0] ?? { standby: false, head: 0n, position: null, revision: null, recordedAt: null, standsAt: null };
}
