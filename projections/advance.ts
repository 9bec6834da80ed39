import type pg from "pg";
import { env } from "@/infra/config/env";
import { readLog } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import { ensureCheckpoint, lockCheckpoint, moveCheckpoint } from "./checkpoints/checkpoints";
import { logPagesOf } from "./log-pages";
import type { LogReader, ReaderKeys } from "./log-reader";
import { applyOrPark, clearReader } from "./parked/apply-or-park";

export const EVENTS_PER_STEP_MAX = 5_000;

/**
 * What one step did. `applied`: `more` tells whether the log went on behind it when the step began. `level`: nothing left. `busy`: another runner has the row. `superseded`: the read model
 * was made by a newer build, which feeds it. `outdated`: by an older fold; it stands still until it has been made anew beside (rebuild-beside/).
 * `standby`: this database takes no writes.
 */
export type Step =
  | { kind: "applied"; events: number; position: bigint; more: boolean }
  | { kind: "level" | "busy" | "paused" | "superseded" | "outdated" | "standby" };

export type StepTarget = { pool: pg.Pool; keys: ReaderKeys };

/**
 * Feeds one reader its next events, with its checkpoint, in one transaction. An event that cannot be applied holds its account, not the
 * reader (parked/); any other failure leaves all as it was.
 */
export async function advance({ pool, keys }: StepTarget, reader: LogReader, eventsMax = EVENTS_PER_STEP_MAX): Promise<Step> {
  const glance = await glanceAt(pool, reader.name);
  if (glance.standby) return { kind: "standby" };
  mustStandInLog(glance, reader);
  if (glance.position === null) await ensureCheckpoint(pool, reader);
  if (glance.position === glance.head && glance.revision === reader.revision) return { kind: "level" };

  return transaction(pool, async (client) => {
    // A runner that freezes or loses its host gives the row back.
    await client.query("set local idle_in_transaction_session_timeout = '10s'; set local statement_timeout = '60s'");
    const held = await lockCheckpoint(client, reader.name);
    if (!held) return { kind: "busy" };
    if (held.paused && env().testHooks) return { kind: "paused" };
    if (held.revision > reader.revision) return { kind: "superseded" };

    const outdated = held.revision < reader.revision;
    if (outdated && reader.beside && held.position > 0n) return { kind: "outdated" };
    if (outdated) await clearReader(client, reader);
    const from = outdated ? 0n : held.position;
    const page = await logPagesOf(pool).after(client, from, { head: glance.head, size: eventsMax });
    const toPageEnd = eventsMax - Number(from % BigInt(eventsMax)); // from there on it goes by pages, if there are any
    const events = page ?? (await readLog(client, { after: from, limit: toPageEnd }));
    const last = events.at(-1);
    if (last) await applyOrPark(client, reader, events, keys);
    if (!last && !outdated) return { kind: "level" };
    const position = last?.position ?? from;
    await moveCheckpoint(client, {
      name: reader.name,
      revision: reader.revision,
      position,
      recordedAt: last?.recordedAt ?? null,
    });
    return { kind: "applied", events: events.length, position, more: position < glance.head };
  });
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
async function glanceAt(pool: pg.Pool, name: string): Promise<Glance> {
  const { rows } = await pool.query<Glance>({
    name: "glance",
    text: `select pg_is_in_recovery() as standby, coalesce((select e.position from events e order by e.position desc limit 1), 0) as head, c.position, c.revision,
            c.recorded_at as "recordedAt", (select e.recorded_at from events e where e.position = c.position) as "standsAt"
       from (select) one left join projection_checkpoints c on c.name = $1`,
    values: [name],
  });
  return rows[0] ?? { standby: false, head: 0n, position: null, revision: null, recordedAt: null, standsAt: null };
}
