import { parseArgs } from "node:util";
import { openSecrets, openServer } from "@/cli/launch/open-database";
import { env } from "@/infra/config/env";
import { databaseRoles } from "@/infra/postgres/roles/database-roles";
import { roleLogins } from "@/infra/postgres/roles/role-logins";
import { scramVerifier } from "@/infra/postgres/roles/scram";

export const usage = `
Usage: npm run daybook -- roles

Prints the SQL with which an administrator makes the application's logins, where the owner of the database may make no roles. It holds
no password, only what PostgreSQL stores of one. The next start gives each login the rights of its work. Logins that a variable names
(DATABASE_APP_URL, DATABASE_WRITER_URL, …) are left out. See docs/operating.md, "Logins".
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const server = await openServer(env());
  try {
    const { ownerUrl, secrets } = await openSecrets(server, env());
    const logins = roleLogins({ ownerUrl, secret: secrets.roles, given: env().databaseRoleUrls });
    for (const role of databaseRoles) {
      const { name, password, given } = logins[role];
      const quoted = `"${name.replaceAll('"', '""')}"`;
      if (given === undefined)
        console.log(`create role ${quoted} login nosuperuser nocreatedb nocreaterole password '${scramVerifier(password)}';`);
    }
    return 0;
  } finally {
    await server.stop();
  }
}
