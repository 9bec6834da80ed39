import type pg from "pg";

const served = [
  "account_entries_as_of",
  "events_stream_version",
  "events_pkey",
  "account_entries_account_id_version_pk",
  "snapshots",
];
const rows = ["events", "account_entries"];

/**
 * Brings a book into memory: what is measured is the work, not the disk of a shared machine. What is looked up goes into PostgreSQL's own buffers, the
 * rows, which may be more than those hold, into the system's.
 */
export async function warm(owner: pg.Pool): Promise<void> {
  await owner.query("create extension if not exists pg_prewarm");
  for (const table of rows) await owner.query("select pg_prewarm($1, 'read')", [table]);
  for (const relation of served) await owner.query("select pg_prewarm($1)", [relation]);
}
