import type pg from "pg";

const inFlight = new WeakMap<pg.Pool, Promise<Date | null>>();
const lastAt = new WeakMap<pg.Pool, number>();
const msBetween = 1_000;

/**
 * Makes every answer about `t` final from now on, and returns the log's floor: read in a new statement afterwards. Not the default: an
 * answer can be pinned to its position for free. Waits for the append in flight (p99 26 ms under load); one at a time and at most one a
 * second per process. Does nothing while the book is being seeded. Never on a standby.
 */
export async function closePast(pool: pg.Pool, t: Date): Promise<Date | null> {
  for (;;) {
    const other = inFlight.get(pool);
    if (!other) break;
    const floor = await other.catch(() => null);
    if (floor && floor > t) return floor;
  }
  const waitMs = (lastAt.get(pool) ?? Number.NEGATIVE_INFINITY) + msBetween - performance.now();
  const run = (async () => {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    lastAt.set(pool, performance.now());
    const { rows } = await pool.query<{ floor: Date | null }>("select nullif(close_past($1), '-infinity') as floor", [t]);
    return rows[0]?.floor ?? null;
  })().finally(() => inFlight.delete(pool));
  inFlight.set(pool, run);
  return run;
}
