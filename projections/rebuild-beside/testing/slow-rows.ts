import pg from "pg";
import type { TestDatabase } from "@/infra/testing/test-database";

const lockKey = 77;

/**
 * For tests: whoever reads a row of this read model stands there until it is let go, with all locks of his statement: a comparison that takes
 * long, however small the book. Only for the application's role, and only the live one. `close` before the database is dropped.
 */
export async function slowRows({ owner, ownerUrl }: TestDatabase, table: string) {
  await owner.query(`
    create function wait_at_row() returns boolean language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(${lockKey}); return true; end $$;
    alter table ${table} enable row level security;
    create policy slow on ${table} using (wait_at_row()) with check (true);`);
  const holder = new pg.Client({ connectionString: ownerUrl });
  await holder.connect();
  await holder.query("select pg_advisory_lock($1)", [lockKey]);
  return {
    /** Whether somebody stands there. */
    async isReached(): Promise<boolean> {
      const { rowCount } = await owner.query(
        "select from pg_locks where locktype = 'advisory' and objid = $1 and not granted and database = (select oid from pg_database where datname = current_database())",
        [lockKey],
      );
      return (rowCount ?? 0) > 0;
    },
    letGo: () => holder.query("select pg_advisory_unlock($1)", [lockKey]),
    close: () => holder.end(),
  };
}
