import type pg from "pg";
import { type Count, type Counted, decideTry, forgottenAt } from "@/infra/identity/throttle-rules";
import { transaction } from "@/infra/postgres/transaction";

export type Admission = { admitted: true } | { admitted: false; waitSeconds: number };

const prunedPerTryMax = 100; // a try adds at most six rows, so the table never outgrows what is remembered

/**
 * Counts a try *before* its password is looked at, so that tries in parallel cannot all slip through,
 * and says whether it may go on. `at` is the clock of tests; otherwise the database's is read.
 */
export function admit(pool: pg.Pool, counted: readonly Counted[], at?: Date): Promise<Admission> {
  return transaction(pool, async (client) => {
    await client.query("set local synchronous_commit = off"); // a count that a power cut loses harms nobody
    const { stored, now } = await lockCounts(client, counted, at);
    const decision = decideTry(counted, stored, now);
    await store(client, counted, decision.counts);
    await prune(client, now);
    return decision.admitted ? { admitted: true } : { admitted: false, waitSeconds: decision.waitSeconds };
  });
}

/**
 * The try turned out well: `cleared` starts again from nothing, `returned` gets back only this one
 * try, so that one good login cannot launder many bad ones.
 */
export async function forgive(pool: pg.Pool, keys: { cleared: readonly string[]; returned: readonly string[] }): Promise<void> {
  await pool.query(
    `with returned as (
       update sign_in_attempts set level = greatest(level - 1, 0), blocked_until = least(blocked_until, last_at + interval '1 millisecond')
        where key = any($2))
     delete from sign_in_attempts where key = any($1)`,
    [keys.cleared, keys.returned],
  );
}

type Row = { key: string; failures: number; lastAt: Date; openAt: Date; now: Date };

/** One lock order, no deadlock. A row that is not there is made, so that it can be locked. */
async function lockCounts(client: pg.PoolClient, counted: readonly Counted[], at: Date | undefined) {
  const { rows } = await client.query<Row>({
    name: "lock_counts",
    text: `with n as materialized (select coalesce($2::timestamptz, clock_timestamp())::timestamptz(3) as now)
     insert into sign_in_attempts as a (key, failures, last_at, blocked_until, forget_at)
     select k, 0, n.now, n.now, n.now + interval '1 hour' from unnest($1::text[]) k, n order by k collate "C"
     on conflict (key) do update set key = excluded.key
     returning a.key, a.level as failures, a.last_at as "lastAt", a.blocked_until as "openAt", (select now from n) as now`,
    values: [counted.map(({ key }) => key), at ?? null],
  });
  const [first] = rows;
  if (!first) throw new Error("a try must be counted for something");
  return { stored: new Map<string, Count>(rows.map(({ key, now: _, ...count }) => [key, count])), now: first.now };
}

async function store(client: pg.PoolClient, counted: readonly Counted[], counts: ReadonlyMap<string, Count>): Promise<void> {
  const changed = counted.flatMap((one) => {
    const count = counts.get(one.key);
    return count ? [{ one, count }] : [];
  });
  if (changed.length === 0) return;
  await client.query({
    name: "store_counts",
    text: `update sign_in_attempts a
        set level = c.failures, failures = ceil(c.failures), last_at = c.last_at, blocked_until = c.open_at, forget_at = c.forget_at
       from unnest($1::text[], $2::float8[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
         c(key, failures, last_at, open_at, forget_at) where a.key = c.key`,
    values: [
      changed.map(({ one }) => one.key),
      changed.map(({ count }) => count.failures),
      changed.map(({ count }) => count.lastAt),
      changed.map(({ count }) => count.openAt),
      changed.map(({ one, count }) => forgottenAt(one, count)),
    ],
  });
}

async function prune(client: pg.PoolClient, now: Date): Promise<void> {
  await client.query({
    name: "prune_counts",
    text: `delete from sign_in_attempts where key in (
      select key from sign_in_attempts where forget_at < $1 order by forget_at limit ${prunedPerTryMax} for update skip locked)`,
    values: [now],
  });
}
