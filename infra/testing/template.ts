import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "@/infra/postgres/migrate";
import { type RoleLogins, roleLogins } from "@/infra/postgres/roles/role-logins";
import { testSecrets } from "@/infra/testing/test-secrets";

/** What a test file needs to make a database of its own. */
export type TestServer = {
  readonly adminUrl: string;
  readonly template: string;
  /** What the names of the application's logins begin with. Roles belong to the whole server, which may also hold a real book. */
  readonly rolePrefix: string;
};

const ageMsMax = 6 * 3_600_000;

/** Makes a migrated database to clone, and clears what killed runs left on a server that outlives them. */
export async function makeTemplate(adminUrl: string): Promise<TestServer & { drop(): Promise<void> }> {
  const run = `daybook_test_${Date.now()}_${randomBytes(3).toString("hex")}`;
  const template = `${run}_template`;
  const rolePrefix = run;
  await asAdmin(adminUrl, async (admin) => {
    await dropAbandoned(admin);
    await admin.query(`create database ${template}`);
  });
  const ownerUrl = databaseUrl(adminUrl, template);
  await migrate(ownerUrl, { book: { keys: testSecrets }, roles: testRoles(ownerUrl, rolePrefix) });
  const drop = () => asAdmin(adminUrl, (admin) => dropRun(admin, run));
  return { adminUrl, template, rolePrefix, drop };
}

/** The application's logins for one database of the tests. */
export function testRoles(ownerUrl: string, prefix: string): { logins: RoleLogins; alone: false } {
  return { logins: roleLogins({ ownerUrl, prefix, secret: testSecrets.roles }), alone: false };
}

/** The same server and user, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Runs `work` on one connection to the server's own database. */
export async function asAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function dropAbandoned(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "select datname as name from pg_database where datname like 'daybook_test_%_template'",
  );
  for (const { name } of rows) {
    const madeAt = Number(/^daybook_test_(\d+)_/.exec(name)?.[1]);
    if (Date.now() - madeAt > ageMsMax) await dropRun(admin, name.replace(/_template$/, ""));
  }
}

async function dropRun(admin: pg.Client, run: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>("select datname as name from pg_database where starts_with(datname, $1)", [
    run,
  ]);
  for (const { name } of rows) await admin.query(`drop database if exists ${name} with (force)`);
  await dropLogins(admin, run);
}

/**
 * Those of every database that is called so, or begins so; the owners last, who made the others.
 */
export async function dropLogins(admin: pg.Client, database: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select rolname as name from pg_roles where starts_with(rolname, $1) or starts_with(rolname, 'daybook_' || $1)
      order by rolname like '%\\_owner'`,
    [database],
  );
  for (const { name } of rows) await admin.query(`drop role if exists ${name}`);
}
