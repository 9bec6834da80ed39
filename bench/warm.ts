import type pg from "pg";

const relations = [
  "events",
  "account_entries",
  "snapshots",
  "account_entries_as_of",
  "account_entries_account_id_version_pk",
  "events_stream_version",
  "events_pkey",
];

/** Brings a book into the memory of the machine, its indexes too: what is measured is the work, not the disk of a shared machine. */
export async function warm(owner: pg.Pool): Promise<void> {
  await owner.query("create extension if not exists pg_prewarm");
  for (const relation of relations) await owner.query("select pg_prewarm($1, 'read')", [relation]);
}
