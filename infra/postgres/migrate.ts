import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { ensureBook, mustFitBook, type NewBook } from "../book/ensure-book";
import { type MarkedSecret, mustShareSecrets, noteSecrets, type SecretMarks } from "../book/secret-marks";
import { fillNameKeys } from "../identity/name-rules";
import { compareMigrations } from "../schema/applied-migrations";
import { type BuildMigrations, readMigrations } from "../schema/build-schema";
import { requireFloor, type SchemaStanding } from "../schema/schema-standing";
import { createClient } from "./connect";
import { inShortTries, type LockWait, withLockWait } from "./lock-wait";
import { oneLogin } from "./roles/database-roles";
import { ensureRoles, type RoleOptions, type RolesMade } from "./roles/ensure-roles";

const folder = join(process.cwd(), "infra/migrations");
/** Any constant: two starts at once migrate one after the other. */
export const migrationLockKey = 0x0da7b00c;

/** `roles` left out: nobody but the owner works here. `migrations`: their folder; left out: this build's. */
export type MigrateOptions = LockWait & {
  book: NewBook;
  roles?: Pick<RoleOptions, "logins" | "alone">;
  secrets?: { marks: SecretMarks; accepted?: readonly MarkedSecret[] };
  migrations?: string;
};

/** `unknown`: a sentence about migrations of a later build, for whoever starts this one. */
export type Migrated = RolesMade & { unknown: string | undefined };

/**
 * Brings the database at `ownerUrl` to this build's schema, writes the book's row once, and makes
 * the application's logins. Runs as the owner. Safe to run again and by two processes at once.
 * @throws BuildTooOld; and, before anything is changed, where the book disagrees with
 * `options.book` (another key, zone or demo setting) or works with other secrets, naming what
 * differs.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<Migrated> {
  const work = async (client: pg.Client, toSchema: ToSchema): Promise<Migrated> => {
    const { marks, accepted } = options.secrets ?? {};
    const noted = marks && (await mustShareSecrets(client, marks, accepted));
    await mustFitBook(client, options.book);
    const { standing, unknown } = await toSchema();
    if (marks) await noteSecrets(client, marks);
    await ensureBook(client, options.book);
    if (standing.kind !== "book is newer") await fillNameKeys(client);
    if (!options.roles) return { urls: oneLogin(ownerUrl), open: [], former: [], unknown };
    const known = noted === undefined || noted.includes("roles");
    // What later migrations made is for later builds to grant: this one would take from the application what it does not know of.
    const granted = standing.kind === "book is newer";
    return { ...(await ensureRoles(client, { ...options.roles, known, granted })), unknown };
  };
  return underMigrationLock(ownerUrl, work, options);
}

type ToSchema = () => Promise<{ standing: SchemaStanding; unknown: string | undefined }>;

/** For `work` that must be the only one to make a schema or a book here. It is given the owner's connection, and what brings the schema up. */
export async function underMigrationLock<T>(
  ownerUrl: string,
  work: (client: pg.Client, toSchema: ToSchema) => Promise<T>,
  { migrations = folder, ...wait }: LockWait & { migrations?: string } = {},
): Promise<T> {
  const client = createClient(ownerUrl, "daybook migrate");
  await client.connect();
  try {
    return await withLockWait(client, ownerUrl, wait, async () => {
      // A lock of the session: the migrations are more than one transaction. The server lets go of
      // it when this process ends, however it ends.
      await client.query("select pg_advisory_lock($1)", [migrationLockKey]);
      return work(client, () => toSchema(client, migrations, wait));
    });
  } finally {
    await client.end();
  }
}

async function toSchema(client: pg.Client, migrationsFolder: string, wait: LockWait): ReturnType<ToSchema> {
  const own = readMigrations(migrationsFolder);
  const standing = await requireFloor(client, own.newest);
  const { unknown, isBehind } = await compareMigrations(client, own);
  if (isBehind) {
    if (await knowsCopies(client)) await client.query("select drop_copies()");
    await inShortTries(client, wait, () => runMigrations(drizzle(client), { migrationsFolder })); // one transaction
    await noteNewest(client, own);
  }
  return { standing, unknown };
}

/**
 * Whether a book knows copies of its read models. They go before a migration: it alters the tables that screens read, and must neither trip
 * over a copy nor leave one as it was. A rebuild starts over.
 */
async function knowsCopies(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ knows: boolean }>("select to_regprocedure('drop_copies()') is not null as knows");
  return rows[0]?.knows === true;
}

/** After a crash between the migrations and this, the next start finds the book older, migrates nothing, and notes it. */
async function noteNewest(client: pg.Client, { newest }: BuildMigrations): Promise<void> {
  await client.query("update book_schema set newest = greatest(newest, $1), newest_name = $2", [newest.number, newest.name]);
}
