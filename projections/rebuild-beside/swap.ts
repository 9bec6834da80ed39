import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Beside } from "../log-reader";
import { keptName, type Rebuild, readRebuild, shadowName } from "./state";

const olderWaitMsMax = 1_000; // the live read model stands still meanwhile
const lookEveryMs = 5;

/**
 * Waits until every transaction that is open now has ended. What they see was fixed before the shadow came level, and a swapped-in table shows them
 * only that: they would find it older than its checkpoint says, or empty. False: one of them takes longer.
 */
export async function olderEnded(client: pg.PoolClient): Promise<boolean> {
  const { rows: open } = await client.query<{ id: string }>(
    `select l.virtualtransaction as id from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'virtualxid' and l.granted and a.datname = current_database() and a.usesysid is not null and l.pid <> pg_backend_pid()`,
  );
  const deadline = performance.now() + olderWaitMsMax;
  for (let ids = open.map(({ id }) => id); ids.length > 0; await delay(lookEveryMs)) {
    if (performance.now() > deadline) return false;
    const { rows } = await client.query<{ id: string }>(
      "select virtualtransaction as id from pg_locks where locktype = 'virtualxid' and granted and virtualtransaction = any($1)",
      [ids],
    );
    ids = rows.map(({ id }) => id);
  }
  return true;
}

/**
 * Puts the shadow in the place of the live read model, with its checkpoint and with the accounts that it holds parked, and keeps the old
 * one. In the transaction that holds the checkpoint row. @throws where it was cancelled meanwhile, or a lock was not to be had in time.
 */
export async function swapIn(
  client: pg.PoolClient,
  rebuild: Pick<Rebuild, "projection" | "purpose" | "revision">,
  { table }: Beside,
  { position, lockMsMax }: { position: bigint; lockMsMax: number },
): Promise<void> {
  const { projection: name, purpose, revision } = rebuild;
  const now = await readRebuild(client, name, { lock: true }); // before the workers' rows, as everybody does
  if (now?.status !== "level" && now?.status !== "comparing")
    throw new Error(`the rebuild of ${name} is ${now?.status ?? "gone"}`);
  await client.query("delete from rebuild_workers where projection = $1", [name]);
  const { rowCount } = await client.query(
    `update rebuilds r set kept_revision = c.revision, kept_position = c.position, kept_recorded_at = c.recorded_at, status = $2, done = $3, target = $3,
        finished_at = t.now, updated_at = t.now, fault = null
       from projection_checkpoints c, date_trunc('milliseconds', clock_timestamp()) t(now) where r.projection = $1 and c.name = r.projection`,
    [name, purpose === "roll_back" ? "rolled_back" : "swapped", position],
  );
  if (rowCount !== 1) throw new Error(`${name} has no checkpoint: nothing is swapped`);
  await client.query(
    `update projection_checkpoints set revision = $2, position = $3, recorded_at = (select e.recorded_at from events e where e.position = $3),
        updated_at = date_trunc('milliseconds', clock_timestamp()) where name = $1`,
    [name, revision, position],
  );
  await renameParked(client, [
    [name, keptName(name)],
    [shadowName(name), name],
  ]);
  await client.query(`set local lock_timeout = ${lockMsMax}`); // last of all, so that readers wait for nothing else
  await client.query("select swap_shadow($1)", [table]);
}

/** Accounts are parked by the name of the copy that holds them, which changes its place. */
export async function renameParked(client: pg.PoolClient, moves: readonly [from: string, to: string][]): Promise<void> {
  for (const [from, to] of moves) {
    await client.query("delete from parked_accounts where reader = $1", [to]);
    await client.query("update parked_accounts set reader = $2 where reader = $1", [from, to]);
  }
}
