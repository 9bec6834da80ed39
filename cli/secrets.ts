import { parseArgs } from "node:util";
import { openBook, openSecrets, openServer, type Server, withClient } from "@/cli/launch/open-database";
import { tell } from "@/cli/progress";
import { type MarkedSecret, markedSecrets, marksOf } from "@/infra/book/secret-marks";
import { env } from "@/infra/config/env";
import { databaseRoles } from "@/infra/postgres/roles/database-roles";
import { roleLogins } from "@/infra/postgres/roles/role-logins";

const replaceable: readonly MarkedSecret[] = ["session", "serverActions", "roles"];

export const usage = `
Usage: npm run daybook -- secrets [--accept ${replaceable.join(",")}]

Says of each secret whether the one of this data folder is the one that the bank works with. A bank of several processes shares them all.

  --accept  the bank works with these of this folder from now on; missing ones are made. Everything else of the bank must be stopped
            first. A new session secret signs everybody out; new roles are new passwords of the database's logins.

The keys of the book (hmac, master, seal) are never replaced.
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { accept: { type: "string" } } });
  const accepted = (values.accept?.split(",") ?? []).map((name) => {
    const known = replaceable.find((one) => one === name);
    if (!known) throw new Error(`--accept takes ${replaceable.join(", ")}, not "${name}".`);
    return known;
  });
  const server = await openServer(env());
  try {
    if (accepted.length > 0) await accept(server, accepted);
    return await list(server);
  } finally {
    await server.stop();
  }
}

async function accept(server: Server, accepted: readonly MarkedSecret[]): Promise<void> {
  const { ownerUrl, secrets } = await openSecrets(server, env(), { acceptSecrets: accepted });
  const logins = roleLogins({ ownerUrl, secret: secrets.roles, given: env().databaseRoleUrls });
  const others = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ pid: number; usename: string }>(
      // By their names: the owner may also be at work elsewhere, and what a pooler keeps open has
      // none.
      `select pid, usename from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and ((usename = any($1) and application_name <> '') or (usename = current_user and application_name like 'daybook %'))`,
      [databaseRoles.map((role) => logins[role].name)],
    );
    return rows;
  });
  if (others[0])
    throw new Error(
      `A Daybook still works here, as ${others[0].usename} (pid ${others[0].pid}): stop it first. Nothing was changed.`,
    );
  await openBook(server, env(), { acceptSecrets: accepted, tell });
}

async function list(server: Server): Promise<number> {
  const { marks: noted, secrets } = await openSecrets(server, env());
  const marks = marksOf(secrets);
  let others = 0;
  for (const name of markedSecrets) {
    const isOther = noted[name] !== undefined && noted[name] !== marks[name];
    if (isOther) others += 1;
    const words = noted[name] === undefined ? "not noted yet" : isOther ? "another than the bank's" : "the bank's";
    console.log(`${name.padEnd(14)}${words}`);
  }
  return others === 0 ? 0 : 1;
}
