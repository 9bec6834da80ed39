import { createHmac } from "node:crypto";
import { byRole, type DatabaseRole, type RoleUrls, roleVariables } from "./database-roles";

/**
 * How one role signs in. `given`: the variable by which somebody gave this login, who then looks after it: its password and its defaults are never
 * changed by a start. Without it the login is Daybook's own. `from`: the variable that its address comes from.
 */
export type RoleLogin = { name: string; password: string; url: string; given: string | undefined; from: string };

export type RoleLogins = Readonly<Record<DatabaseRole, RoleLogin>>;

/** How `ownerUrl`'s database is opened by the application. A login that is not given has a name and a password made from `secret`. */
export function roleLogins({ ownerUrl, secret, given = {}, prefix = prefixOf(ownerUrl) }: Wanted): RoleLogins {
  return byRole((role) => {
    const url = given[role];
    if (url !== undefined) return { ...loginIn(url), url, given: roleVariables[role], from: roleVariables[role] };
    const [name, password] = [`${prefix}_${role}`, passwordOf(secret, role)];
    const from = given.reader === undefined ? "DATABASE_URL" : roleVariables.reader;
    return { name, password, url: signingIn(given.reader ?? ownerUrl, name, password), given: undefined, from };
  });
}

type Wanted = { ownerUrl: string; secret: string; given?: Partial<RoleUrls>; prefix?: string };

/** Where each role signs in. */
export function urlsOf(logins: RoleLogins): RoleUrls {
  return byRole((role) => logins[role].url);
}

export function loginIn(url: string): { name: string; password: string } {
  const { username, password } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

const nameLengthMax = 63; // PostgreSQL cuts longer ones

/** Roles belong to the whole server, which may hold several banks: their names say which database they are for. */
function prefixOf(ownerUrl: string): string {
  const { name } = loginIn(ownerUrl);
  const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1)) || name;
  const longest = nameLengthMax - "daybook__projector".length;
  const short = database.length > longest ? database.slice(0, longest) : database;
  return `daybook_${short}`;
}

function passwordOf(secret: string, role: DatabaseRole): string {
  return createHmac("sha256", secret).update(`daybook.role.1 ${role}`).digest("base64url");
}

function signingIn(address: string, name: string, password: string): string {
  const url = new URL(address);
  [url.username, url.password] = [encodeURIComponent(name), encodeURIComponent(password)];
  return url.href;
}
