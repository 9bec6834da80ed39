import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { ensureBook, type NewBook } from "../book/ensure-book";
import { type AppRole, ensureAppRole, type LogProtection } from "./app-role";
import { createClient } from "./connect";

const folder = join(process.cwd(), "infra/migrations");
const lockKey = 0x0da7b00c; // any constant: two starts at once migrate one after the other

/** `migrations`: their folder; left out: this build's. */
export type MigrateOptions = { book: NewBook; appRole?: AppRole; migrations?: string };

/**
 * Brings the database at `ownerUrl` to this build's schema, writes the book's row once, and makes the application's own role.
 * Runs as the owner. Safe to run again and by two processes at once.
 * @throws when the book disagrees with `options.book` (another key, zone or demo setting), naming what differs.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<{ protection: LogProtection }> {
  const work = async (client: pg.Client, toSchema: () => Promise<void>) => {
    await toSchema();
    await ensureBook(client, options.book);
    return { protection: await ensureAppRole(client, options.appRole) };
  };
  return underMigrationLock(ownerUrl, work, options.migrations);
}

/** For `work` that must be the only one to make a schema or a book here. It is given the owner's connection, and what brings the schema up. */
export async function underMigrationLock<T>(
  ownerUrl: string,
  work: (client: pg.Client, toSchema: () => Promise<void>) => Promise<T>,
  migrationsFolder = folder,
): Promise<T> {
  const client = createClient(ownerUrl, "daybook migrate");
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    return await work(client, async () => {
      if (await isBehind(client, migrationsFolder)) await client.query("select drop_copies()");
      await runMigrations(drizzle(client), { migrationsFolder });
    });
  } finally {
    await client.end();
  }
}

/**
 * Whether a book that knows copies of its read models has a migration before it. They go first: it alters the tables that screens read, and
 * must neither trip over a copy nor leave one as it was. A rebuild starts over.
 */
async function isBehind(client: pg.Client, migrationsFolder: string): Promise<boolean> {
  const { rows } = await client.query<{ knows: boolean }>("select to_regprocedure('drop_copies()') is not null as knows");
  if (!rows[0]?.knows) return false;
  const newest = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis));
  const { rows: applied } = await client.query<{ last: string }>(
    "select max(created_at)::text as last from drizzle.__drizzle_migrations",
  );
  return Number(applied[0]?.last ?? 0) < newest;
}
