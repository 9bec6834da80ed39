import type pg from "pg";
import { transaction } from "@/infra/postgres/transaction";
import { ensureCheckpoint } from "../checkpoints/checkpoints";
import type { Beside, LogReader, Projector } from "../log-reader";
import { projections } from "../registry";
import { dropLeftover } from "./leftover";
import { goingOn, keptName, liveOf, type Rebuild, readRebuild, resumable, shadowName } from "./state";
import { renameParked, swapIn } from "./swap";

export const REBUILD_WORKERS_MAX = 16;

/** What was asked for cannot be, as things stand; the message is for people. */
export class RebuildRefused extends Error {}

const lockWait = "set local lock_timeout = '15s'";

export type RebuildRequest = {
  askedBy: string;
  /** Accounts are shared out among so many, each with a connection; 2. Those of a rebuild that goes on stay. */
  workers?: number;
  /** The brake; null or left out: none. May be changed while it goes on, by asking again. */
  eventsPerSecondMax?: number | null;
  /** Swap it in though the same fold came to other rows. */
  accept?: boolean;
  seenAt?: SeenAt;
};

/** When what the asker looked at was written down (`updatedAt`): what has changed since is refused, since it is not what was decided on. */
type SeenAt = Date;

type Bank = Pick<Projector, "pools">;

/** Asks for a read model to be made anew; the server's rebuilder (rebuilder.ts) or a terminal carries it out. One that waits goes on where it was. */
export async function requestRebuild(bank: Bank, name: string, request: RebuildRequest): Promise<Rebuild> {
  return requestFor(bank, readerNamed(name), request);
}

export async function requestFor({ pools }: Bank, { name, revision }: LogReader, request: RebuildRequest): Promise<Rebuild> {
  const { askedBy, workers = 2, eventsPerSecondMax = null, accept = false } = request;
  if (!Number.isInteger(workers) || workers < 1 || workers > REBUILD_WORKERS_MAX)
    throw new RebuildRefused(`A rebuild has 1 to ${REBUILD_WORKERS_MAX} workers.`);
  if (eventsPerSecondMax !== null && (!Number.isInteger(eventsPerSecondMax) || eventsPerSecondMax < 1))
    throw new RebuildRefused("The most events a second are a whole number from 1 on.");
  return transaction(pools.projector, async (client) => {
    await client.query(lockWait);
    const live = await liveOf(client, name);
    if ((live.revision ?? 0) > revision) throw new RebuildRefused(`${name} was made by a newer Daybook`);
    await ensureCheckpoint(client, { name, revision }); // nobody may have fed it yet
    await client.query(firstSql, [name, revision, workers]);
    const before = await readRebuild(client, name, { lock: true });
    mustBeAsSeen(before, request);
    const { rowCount } = await client.query("select from rebuild_workers where projection = $1", [name]);
    const goesOn = before && (rowCount ?? 0) > 0 && [...goingOn, ...resumable].includes(before.status);
    await client.query(goesOn ? againSql : anewSql, [
      name,
      askedBy,
      eventsPerSecondMax,
      accept,
      ...(goesOn ? [] : [revision, workers, live.head]),
    ]);
    const rebuild = await readRebuild(client, name);
    if (!rebuild) throw new Error(`the rebuild of ${name} was not written down`);
    return rebuild;
  });
}

const now = "date_trunc('milliseconds', clock_timestamp())";

const firstSql = `
insert into rebuilds (projection, purpose, status, revision, workers, target, done, accept, indexed, asked_by, started_at, updated_at)
values ($1, 'rebuild', 'cancelled', $2, $3, 0, 0, false, false, '', ${now}, ${now}) on conflict do nothing`;

const againSql = `
update rebuilds set asked_again_by = $2, ended_by = null, events_per_second_max = $3, accept = $4, fault = null, finished_at = null,
  updated_at = ${now}, status = case when status in ('running', 'level', 'comparing') then status else 'running' end where projection = $1`;

const anewSql = `
update rebuilds set asked_by = $2, asked_again_by = null, ended_by = null, events_per_second_max = $3, accept = $4, fault = null, finished_at = null,
  updated_at = ${now}, started_at = ${now},
  purpose = 'rebuild', status = 'running', revision = $5, workers = $6, target = $7, done = 0, indexed = false, events_per_second = null,
  compared = null, differences = null, first_difference = null where projection = $1`;

/**
 * Ends a rebuild that is not over, and drops what it made; a way back is put by again. False: there was none. Where somebody reads the half-made
 * copy for long, as a backup does, it is cancelled all the same, and the server's rebuilder drops the copy later.
 */
export async function cancelRebuild({ pools }: Bank, name: string, { askedBy }: { askedBy: string }): Promise<boolean> {
  const { beside } = readerNamed(name);
  const isCancelled = await transaction(pools.projector, async (client) => {
    await client.query(lockWait);
    const rebuild = await readRebuild(client, name, { lock: true });
    if (!rebuild || ![...goingOn, ...resumable].includes(rebuild.status)) return false;
    const { rows: workers } = await client.query<{ position: bigint }>(
      "delete from rebuild_workers where projection = $1 returning position",
      [name],
    ); // waits for the chunks in flight; there will be no others
    const [worker] = workers;
    if (rebuild.purpose === "roll_back" && worker) await keepAgain(client, rebuild, beside, worker.position);
    await client.query("delete from parked_accounts where reader = $1", [shadowName(name)]);
    await client.query(
      `update rebuilds set status = 'cancelled', ended_by = $2, done = 0, indexed = false, finished_at = ${now}, updated_at = ${now}
        where projection = $1`,
      [name, askedBy],
    );
    return true;
  });
  // Now that it shows as cancelled, whoever compares or builds indexes leaves off, and the shadow can be had.
  if (isCancelled) await dropLeftover(pools.projector, { name, beside }, { lockMsMax: 5_000 });
  return isCancelled;
}

async function keepAgain(client: pg.PoolClient, { projection, revision }: Rebuild, { table }: Beside, position: bigint) {
  await client.query("select unkeep($1, true)", [table]);
  await renameParked(client, [[shadowName(projection), keptName(projection)]]);
  await client.query(
    `update rebuilds set kept_revision = $2, kept_position = $3, kept_recorded_at = (select e.recorded_at from events e where e.position = $3)
      where projection = $1`,
    [projection, revision, position],
  );
}

/**
 * Back to the copy before the last swap, which is kept in its turn. Made by the same fold, it is first brought level beside, like any rebuild, so
 * that no screen goes back in time. Made by an older one it takes its place at once, and stands still until the older build runs.
 */
export async function rollBackRebuild(
  { pools }: Bank,
  name: string,
  asked: { askedBy: string; seenAt?: SeenAt },
): Promise<Rebuild> {
  const { beside, revision } = readerNamed(name);
  return transaction(pools.projector, async (client) => {
    await client.query(lockWait);
    await client.query("select from projection_checkpoints where name = $1 for update", [name]);
    const rebuild = await readRebuild(client, name, { lock: true });
    if (!rebuild || rebuild.keptPosition === null)
      throw new RebuildRefused(`There is no way back for ${name}: no earlier copy is kept.`);
    mustBeAsSeen(rebuild, asked);
    if ([...goingOn, ...resumable].includes(rebuild.status))
      throw new RebuildRefused(`A rebuild of ${name} is ${rebuild.status}: cancel it first.`);
    const position = rebuild.keptPosition;
    await client.query("insert into rebuild_workers (projection, part, parts, position, done) values ($1, 0, 1, $2, $2)", [
      name,
      position,
    ]);
    await client.query("select unkeep($1, false)", [beside.table]);
    await renameParked(client, [[keptName(name), shadowName(name)]]);
    await client.query(rollBackSql, [name, asked.askedBy, position]);
    if (rebuild.keptRevision !== revision) {
      const back = { projection: name, purpose: "roll_back" as const, revision: rebuild.keptRevision ?? revision };
      await swapIn(client, back, beside, { position, lockMsMax: 1_500 });
    }
    const after = await readRebuild(client, name);
    if (!after) throw new Error(`the way back of ${name} was not written down`);
    return after;
  });
}

function mustBeAsSeen(rebuild: Rebuild | undefined, { seenAt }: { seenAt?: SeenAt }): void {
  if (seenAt && rebuild?.updatedAt.getTime() !== seenAt.getTime())
    throw new RebuildRefused("Something changed since this was looked at: look again.");
}

const rollBackSql = `
update rebuilds set asked_by = $2, asked_again_by = null, ended_by = null, purpose = 'roll_back', status = 'level', workers = 1, done = $3, indexed = true, accept = true, fault = null,
  events_per_second = null, events_per_second_max = null, compared = null, differences = null, first_difference = null, started_at = ${now}, updated_at = ${now},
  finished_at = null, kept_revision = null, kept_position = null, kept_recorded_at = null, revision = coalesce(kept_revision, revision)
 where projection = $1`;

function readerNamed(name: string): LogReader & { beside: Beside } {
  const reader = projections.find((one) => one.name === name);
  if (!reader?.beside) throw new RebuildRefused(`There is no read model "${name}" that is made anew beside itself.`);
  return { ...reader, beside: reader.beside };
}
