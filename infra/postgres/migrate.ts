import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import { ensureBook, type NewBook } from "../book/ensure-book";
import { type AppRole, ensureAppRole, type LogProtection } from "./app-role";
import { createClient } from "./connect";

const folder = join(process.cwd(), "infra/migrations");
const lockKey = 0x0da7b00c; // any constant: two starts at once migrate one after the other

export type MigrateOptions = { book: NewBook; appRole?: AppRole };

/**
 * Brings the database at `ownerUrl` to this build's schema, writes the book's row once, and makes the application's own role.
 * Runs as the owner. Safe to run again and by two processes at once.
 * @throws when the book disagrees with `options.book` (another key, zone or demo setting), naming what differs.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<{ protection: LogProtection }> {
  const client = createClient(ownerUrl, "daybook migrate");
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await runMigrations(drizzle(client), { migrationsFolder: folder });
    await ensureBook(client, options.book);
    return { protection: await ensureAppRole(client, options.appRole) };
  } finally {
    await client.end();
  }
}
