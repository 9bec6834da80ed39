import type pg from "pg";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { logger } from "@/infra/logging/logger";
import { transaction } from "@/infra/postgres/transaction";
import type { Beside, LogReader, Projector } from "../log-reader";
import { BrokenFold } from "../parked/apply-apart";
import { blamesEvents, sqlState } from "../parked/blames-events";
import { faultWords } from "../parked/fault-words";
import { createBrake } from "./brake";
import { runCourse } from "./course";
import { goingOn, noteProgress, type Rebuild, readRebuild, shadowName } from "./state";
import { silentMsMax, takeTurn } from "./turn";

/** `silenceMsMax`: after so long a process that is frozen loses its turn. */
export type CarryOut = { signal: AbortSignal; onProgress?: (rebuild: Rebuild) => void; silenceMsMax?: number };

/**
 * Carries out what is asked for of one read model, until it is over, somebody has to decide, or the signal says stop: then it goes on where it
 * was at the next call, wherever. "elsewhere": another process is at it. One at a time, for the machine's sake: two would do no harm.
 */
export async function carryOut(
  runtime: Projector,
  reader: LogReader,
  { signal: stopping, onProgress = () => {}, silenceMsMax = silentMsMax }: CarryOut,
): Promise<Rebuild | "elsewhere" | undefined> {
  const { beside, name } = reader;
  if (!beside) throw new Error(`${name} is not made anew beside itself`);
  const turn = await takeTurn(runtime.pools.projector, name, silenceMsMax);
  if (!turn) return "elsewhere";
  const signal = AbortSignal.any([stopping, turn.lost]);
  try {
    while (!signal.aborted) {
      const rebuild = await prepare(runtime.pools.projector, reader, beside);
      if (!rebuild) break;
      const brake = createBrake(rebuild.eventsPerSecondMax);
      await runCourse({ runtime, reader, beside, rebuild, brake, signal, onProgress });
    }
    return await readRebuild(runtime.pools.projector, name);
  } catch (error) {
    if (!isFinal(error)) throw error; // trouble of the machine: it is tried again
    logger.error({ err: error, projection: name }, "rebuild failed");
    await noteProgress(runtime.pools.projector, name, { status: "failed", fault: finalWords(error) });
    return await readRebuild(runtime.pools.projector, name);
  } finally {
    await turn.end();
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof EventFromNewerBuild || error instanceof BrokenFold || sqlState(error) === "DB005" || blamesEvents(error);

const finalWords = (error: unknown): string =>
  error instanceof EventFromNewerBuild || error instanceof BrokenFold || sqlState(error) === "DB005"
    ? (error as Error).message
    : faultWords(error);

/** Makes shadow and workers, unless they stand. Undefined: nothing is asked for, or by a newer build. */
function prepare(pool: pg.Pool, { name, revision }: LogReader, { table, foldIndexes }: Beside): Promise<Rebuild | undefined> {
  return transaction(pool, async (client) => {
    await client.query("set local lock_timeout = '15s'");
    const rebuild = await readRebuild(client, name, { lock: true });
    if (!rebuild || !goingOn.includes(rebuild.status) || rebuild.revision > revision) return undefined;
    const { rowCount } = await client.query("select from rebuild_workers where projection = $1", [name]);
    if (rowCount && rebuild.revision === revision) return rebuild;

    await client.query("delete from rebuild_workers where projection = $1", [name]);
    await client.query("delete from parked_accounts where reader = $1", [shadowName(name)]);
    await client.query(
      "insert into rebuild_workers (projection, part, parts, position, done) select $1, p, $2, 0, 0 from generate_series(0, $2 - 1) p",
      [name, rebuild.workers],
    );
    await client.query("select prepare_shadow($1, $2)", [table, foldIndexes]);
    await client.query(
      "update rebuilds set purpose = 'rebuild', revision = $2, status = 'running', done = 0, indexed = false where projection = $1",
      [name, revision],
    );
    return readRebuild(client, name);
  });
}
