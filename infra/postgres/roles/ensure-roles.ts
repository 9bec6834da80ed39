import type pg from "pg";
import { readBook } from "../../book/book";
import { createClient } from "../connect";
import { NoSessions, probe } from "../probe";
import { closeToPublic } from "./close-to-public";
import { byRole, type DatabaseRole, databaseRoles, type RoleUrls } from "./database-roles";
import { mustHaveNoMore } from "./effective-rights";
import { grantRights, type LoginNames } from "./grant-rights";
import type { RoleLogin, RoleLogins } from "./role-logins";
import { scramVerifier } from "./scram";

/**
 * `alone`: the whole server is Daybook's. `known`: this start stands on the same secret as the one that made the logins. Only then is a password
 * made good again while somebody works with the login. `granted`: a later build has given the rights, and they stay as they are.
 */
export type RoleOptions = { logins: RoleLogins; alone: boolean; known: boolean; granted: boolean };

/**
 * How the application signs in. `open`: what could not be taken from PUBLIC. `former`: logins of an older build that still work here, and so keep
 * their rights.
 */
export type RolesMade = { urls: RoleUrls; open: readonly string[]; former: readonly string[] };

const insufficientPrivilege = "42501";
const passwordRefused = ["28P01", "28000"];

/** The owner may make no roles, and these are not there. */
export class RolesMissing extends Error {
  constructor(readonly names: readonly string[]) {
    super(`These logins of the application are not there, and the owner of the database may make no roles: ${names.join(", ")}`);
  }
}

/**
 * Makes the logins that are not there, gives each exactly the rights that it is listed with, and sees that each can sign in. As the owner.
 * @throws in words: a login that is somebody else's, cannot sign in, or may do more; a pooler without sessions; another database.
 */
export async function ensureRoles(client: pg.Client, { logins, alone, known, granted }: RoleOptions): Promise<RolesMade> {
  const names: LoginNames = byRole((role) => logins[role].name);
  mustDiffer(logins);
  await mustNotBeOwner(client, logins);
  const made = await makeMissing(client, logins);
  const grants = made > 0 || !granted;
  const former = grants ? await grantRights(client, names) : [];
  const open = await closeToPublic(client, { names, alone });
  if (grants) await mustHaveNoMore(client, names);
  const { id: bookId } = await readBook(client);
  const urls: Partial<Record<DatabaseRole, string>> = {};
  for (const role of databaseRoles) {
    const login = logins[role];
    if (login.given === undefined) await resetDefaults(client, login.name);
    urls[role] = await opened(client, login, { alone, known });
    if (!alone) await mustLeadTo(bookId, login, urls[role]);
  }
  return { urls: byRole((role) => urls[role] ?? logins[role].url), open, former };
}

function mustDiffer(logins: RoleLogins): void {
  for (const [i, role] of databaseRoles.entries())
    for (const other of databaseRoles.slice(i + 1))
      if (logins[role].name === logins[other].name)
        throw new Error(
          `${logins[other].given ?? "The database"} names the same login as ${logins[role].given ?? "another role"} (${logins[role].name}): the ${role} and the ${other} each need one of their own.`,
        );
}

async function mustNotBeOwner(client: pg.Client, logins: RoleLogins): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select rolname as name from pg_roles where rolname = any($1) and (rolsuper or pg_has_role(oid, current_user::regrole, 'member'))",
    [databaseRoles.map((role) => logins[role].name)],
  );
  const role = databaseRoles.find((one) => logins[one].name === rows[0]?.name);
  if (role)
    throw new Error(
      `${logins[role].given ?? "The application"} signs in as ${logins[role].name}, who has the rights of the owner. Give a login that owns nothing, or leave the variable out.`,
    );
}

/** Returns how many were made. */
async function makeMissing(client: pg.Client, logins: RoleLogins): Promise<number> {
  const all = databaseRoles.map((role) => logins[role]);
  const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [
    all.map(({ name }) => name),
  ]);
  const refused: string[] = [];
  const missing = all.filter((login) => !rows.some(({ rolname }) => rolname === login.name));
  for (const { name, password } of missing) {
    const secret = client.escapeLiteral(scramVerifier(password));
    try {
      await client.query(
        `create role ${client.escapeIdentifier(name)} login nosuperuser nocreatedb nocreaterole password ${secret}`,
      );
    } catch (error) {
      unlessForbidden(error);
      refused.push(name);
    }
  }
  if (refused.length > 0) throw new RolesMissing(refused);
  return missing.length;
}

/** A role can always change its own defaults. Daybook's connections state their own settings; this is for whatever they do not state. */
async function resetDefaults(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ database: string | null }>(
    `select d.datname as database from pg_db_role_setting s join pg_roles r on r.oid = s.setrole left join pg_database d on d.oid = s.setdatabase
      where r.rolname = $1`,
    [name],
  );
  const role = client.escapeIdentifier(name);
  for (const { database } of rows) {
    const where = database === null ? "" : `in database ${client.escapeIdentifier(database)}`;
    await client.query(`alter role ${role} ${where} reset all`).catch(unlessForbidden); // an administrator made it: they are theirs
  }
}

/** The login has the password that this process knows, or gets it again where it is Daybook's own. Returns where it signs in. */
async function opened(
  client: pg.Client,
  login: RoleLogin,
  { alone, known }: Pick<RoleOptions, "alone" | "known">,
): Promise<string> {
  try {
    return await probe(login.url, { direct: alone });
  } catch (error) {
    if (login.given !== undefined || !(await isPasswordRefused(error, login))) throw inWords(error, login);
    if (!known && (await isAtWork(client, login.name)))
      throw new Error(
        `The login ${login.name} has another password, and somebody works with it now: copy the secrets of that Daybook here; docs/operating.md, "Several processes", says how.`,
      );
    await setPassword(client, login);
    return probe(login.url, { direct: alone }).catch((again: unknown) => {
      throw inWords(again, login);
    });
  }
}

/**
 * A pooler refuses a password in words and with a code of its own: then the server itself is asked.
 */
async function isPasswordRefused(error: unknown, { url, ownersPlace }: RoleLogin): Promise<boolean> {
  const isRefusal = (one: unknown) => passwordRefused.includes(codeOf(one) ?? "");
  if (isRefusal(error) || error instanceof NoSessions || url === ownersPlace) return isRefusal(error);
  return probe(ownersPlace, { direct: true }).then(() => false, isRefusal);
}

async function setPassword(client: pg.Client, { name, password }: RoleLogin): Promise<void> {
  const verifier = client.escapeLiteral(scramVerifier(password));
  try {
    await client.query(`alter role ${client.escapeIdentifier(name)} login password ${verifier}`);
  } catch (error) {
    unlessForbidden(error);
    throw new Error(
      `The login ${name} has another password than this Daybook's secrets make for it, and the owner of the database may not change it. ` +
        `Have an administrator run what \`npm run daybook -- roles\` prints, then start again.`,
    );
  }
}

/** A connection that a pooler keeps, and that nobody has at the moment, has no name. */
async function isAtWork(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ works: boolean }>(
    "select exists (select from pg_stat_activity where usename = $1 and application_name <> '') as works",
    [name],
  );
  return rows[0]?.works === true;
}

function inWords(error: unknown, { name, from }: RoleLogin): Error {
  if (error instanceof NoSessions) return new Error(`${from} ${error.message}.`);
  const { message, code } = error as NodeJS.ErrnoException; // of several addresses that all refused there is a code alone
  return new Error(`The login ${name} cannot be opened at the address of ${from}: ${message || code}`, { cause: error });
}

/** A URL that was given may lead anywhere. */
async function mustLeadTo(bookId: string, { from, name }: RoleLogin, url: string): Promise<void> {
  const client = createClient(url, "daybook start");
  try {
    await client.connect();
    const found = await readBook(client).catch(() => undefined);
    if (found?.id === bookId) return;
    throw new Error(
      `${from} leads ${name} to ${found ? `another book, ${found.id}` : "a database where it can read no book"}, and DATABASE_URL to ${bookId}: both must name one database.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** @throws every other error. */
function unlessForbidden(error: unknown): void {
  if (codeOf(error) !== insufficientPrivilege) throw error;
}

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;
