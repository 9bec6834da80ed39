import type { Db } from "@/infra/postgres/connect";

/** `notificationQueueUsage`: share from 0 to 1; a full queue makes appends fail. `clockAheadMs`: database minus application, give or take the round trip. */
export type DatabaseVitals = { notificationQueueUsage: number; clockAheadMs: number; eventsLastMinute: number };

const eventsMax = 100_000; // counted at most: beyond it the figure says "at least"

export async function databaseVitals(db: Db): Promise<DatabaseVitals> {
  const asked = Date.now();
  const { rows } = await db.query<{ usage: number; clock: Date; events: number }>(
    `select pg_notification_queue_usage() as usage, clock_timestamp() as clock,
       (select count(*)::int from (select e.recorded_at from events e order by e.position desc limit ${eventsMax}) e
         where e.recorded_at > clock_timestamp() - interval '1 minute') as events`,
  );
  const [row] = rows;
  if (!row) throw new Error("a query without a table gave no row");
  const middle = (asked + Date.now()) / 2;
  return { notificationQueueUsage: row.usage, clockAheadMs: row.clock.getTime() - middle, eventsLastMinute: row.events };
}
