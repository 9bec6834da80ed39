import { parseArgs } from "node:util";
import { openSecrets, openServer, withClient } from "@/cli/launch/open-database";
import { env } from "@/infra/config/env";
import type { Db } from "@/infra/postgres/connect";
import { databaseRoles } from "@/infra/postgres/roles/database-roles";
import { type RoleLogin, roleLogins } from "@/infra/postgres/roles/role-logins";
import { scramVerifier } from "@/infra/postgres/roles/scram";

export const usage = `
Usage: npm run daybook -- roles

Prints the SQL with which an administrator makes the application's logins, or sets their passwords, where the owner of the database may
not. It holds no password, only what PostgreSQL stores of one. The next start gives each login the rights of its work. Logins that a
variable names (DATABASE_APP_URL, DATABASE_WRITER_URL, …) are left out. See docs/operating.md, "Logins".
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const server = await openServer(env());
  try {
    const { ownerUrl, secrets } = await openSecrets(server, env());
    const logins = roleLogins({ ownerUrl, secret: secrets.roles, given: env().databaseRoleUrls });
    const own = databaseRoles.map((role) => logins[role]).filter(({ given }) => given === undefined);
    const there = await withClient(ownerUrl, (client) => loginsThere(client, own));
    for (const { name, password } of own) {
      const quoted = `"${name.replaceAll('"', '""')}"`;
      const verifier = scramVerifier(password);
      if (there.includes(name)) console.log(`alter role ${quoted} login password '${verifier}';`);
      else console.log(`create role ${quoted} login nosuperuser nocreatedb nocreaterole password '${verifier}';`);
    }
    return 0;
  } finally {
    await server.stop();
  }
}

async function loginsThere(db: Db, logins: readonly RoleLogin[]): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>("select rolname as name from pg_roles where rolname = any($1)", [
    logins.map(({ name }) => name),
  ]);
  return rows.map(({ name }) => name);
}
