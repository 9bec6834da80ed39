import type { Db } from "@/infra/postgres/connect";

/**
 * Ends whoever has held the gate for `heldMsMax` without the server doing anything: a client frozen between Execute and Sync, or idle in
 * its transaction, would stop the bank for good (`transaction_timeout` does this by itself from PostgreSQL 17 on). Same role only.
 */
export async function freeGate(db: Db, heldMsMax: number): Promise<number> {
  const { rowCount } = await db.query(
    `select pg_terminate_backend(a.pid) from pg_stat_activity a
      where a.datname = current_database() and a.usename = current_user and a.pid <> pg_backend_pid()
        and a.wait_event = 'ClientRead' and a.xact_start < clock_timestamp() - make_interval(secs => $1)
        and exists (select from pg_locks l where l.pid = a.pid and l.relation = 'log_gate'::regclass and l.mode = 'RowShareLock' and l.granted)`,
    [heldMsMax / 1000],
  );
  return rowCount ?? 0;
}
