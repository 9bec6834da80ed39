import type pg from "pg";
import { transaction } from "@/infra/postgres/transaction";

/** One thing that tries are counted for. After `free` tries each further one must wait: 1 s, 2 s, 4 s, … up to `waitSecondsMax`. */
export type Counted = { key: string; free: number; waitSecondsMax: number };

export type Admission = { admitted: true } | { admitted: false; waitSeconds: number };

/** Tries are forgotten after this long without any. */
const forgetAfter = "1 hour";

class Refused extends Error {
  constructor(readonly waitSeconds: number) {
    super("throttled");
  }
}

/**
 * Counts a try *before* its password is looked at, so that tries in parallel cannot all slip through, and says whether it may go on.
 * A try that is refused counts for nothing, so nobody is locked out for ever: the wait has an upper bound and always runs out.
 */
export async function admit(pool: pg.Pool, counted: readonly Counted[]): Promise<Admission> {
  const inOrder = [...counted].sort((a, b) => (a.key < b.key ? -1 : 1)); // one lock order, no deadlock
  try {
    await transaction(pool, async (client) => {
      for (const one of inOrder) await countOne(client, one);
    });
    return { admitted: true };
  } catch (error) {
    if (error instanceof Refused) return { admitted: false, waitSeconds: error.waitSeconds };
    throw error;
  }
}

async function countOne(client: pg.PoolClient, { key, free, waitSecondsMax }: Counted): Promise<void> {
  const { rowCount } = await client.query(
    `insert into sign_in_attempts as a (key, failures, last_at, blocked_until)
     values ($1, 1, clock_timestamp(), clock_timestamp())
     on conflict (key) do update set
       failures = case when a.last_at < clock_timestamp() - interval '${forgetAfter}' then 1 else a.failures + 1 end,
       last_at = clock_timestamp(),
       blocked_until = clock_timestamp() + case
         when a.last_at < clock_timestamp() - interval '${forgetAfter}' or a.failures + 1 < $2 then interval '0'
         else least($3, power(2, least(a.failures + 1 - $2, 30))) * interval '1 second' end
     where a.blocked_until <= clock_timestamp()`,
    [key, free, waitSecondsMax],
  );
  if (rowCount) return;
  const { rows } = await client.query<{ wait: number }>(
    `select greatest(1, ceil(extract(epoch from blocked_until - clock_timestamp())))::int wait from sign_in_attempts where key = $1`,
    [key],
  );
  throw new Refused(rows[0]?.wait ?? 1);
}

/** The try turned out well: `cleared` starts afresh, `returned` gets back only this one try, lest one good login launder many bad ones. */
export async function forgive(pool: pg.Pool, keys: { cleared: readonly string[]; returned: readonly string[] }): Promise<void> {
  await pool.query("delete from sign_in_attempts where key = any($1) or last_at < clock_timestamp() - interval '1 day'", [
    keys.cleared,
  ]);
  await pool.query(
    "update sign_in_attempts set failures = greatest(failures - 1, 0), blocked_until = clock_timestamp() where key = any($1)",
    [keys.returned],
  );
}
