import { createHash, createHmac } from "node:crypto";
import { byRole, type DatabaseRole, type RoleUrls, roleVariables } from "./database-roles";

/**
 * How one role signs in. `given`: the variable by which somebody gave this login, who then looks
 * after it: its password and its defaults are never changed by a start. Without it the login is
 * Daybook's own. `from`: the variable that its address comes from. `ownersPlace`: the same login at
 * the address of DATABASE_URL.
 */
export type RoleLogin = {
  name: string;
  password: string;
  url: string;
  given: string | undefined;
  from: string;
  ownersPlace: string;
};

export type RoleLogins = Readonly<Record<DatabaseRole, RoleLogin>>;

/** How `ownerUrl`'s database is opened by the application. A login that is not given has a name and a password made from `secret`. */
export function roleLogins({ ownerUrl, secret, given = {}, prefix = prefixOf(ownerUrl) }: Wanted): RoleLogins {
  return byRole((role) => {
    const url = given[role];
    const variable = roleVariables[role];
    const login = url === undefined ? { name: `${prefix}_${role}`, password: passwordOf(secret, role) } : loginIn(url);
    const ownersPlace = signingIn(ownerUrl, login);
    if (url !== undefined) return { ...login, url, given: variable, from: variable, ownersPlace };
    const from = given.reader === undefined ? "DATABASE_URL" : roleVariables.reader;
    return { ...login, url: signingIn(given.reader ?? ownerUrl, login), given: undefined, from, ownersPlace };
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

const nameBytesMax = 63; // PostgreSQL cuts longer ones

/**
 * Roles belong to the whole server, which may hold several banks: their names say which database
 * they are for, also where that name is long.
 */
function prefixOf(ownerUrl: string): string {
  const { name } = loginIn(ownerUrl);
  const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1)) || name;
  const bytesMax = nameBytesMax - "daybook__projector".length;
  if (Buffer.byteLength(database) <= bytesMax) return `daybook_${database}`;
  const mark = createHash("sha256").update(database).digest("hex").slice(0, 12);
  return `daybook_${shortened(database, bytesMax - mark.length - 1)}_${mark}`;
}

function shortened(text: string, bytesMax: number): string {
  const signs = [...text];
  while (Buffer.byteLength(signs.join("")) > bytesMax) signs.pop();
  return signs.join("");
}

function passwordOf(secret: string, role: DatabaseRole): string {
  return createHmac("sha256", secret).update(`daybook.role.1 ${role}`).digest("base64url");
}

/** The same address for another login. */
export function signingIn(address: string, { name, password }: Pick<RoleLogin, "name" | "password">): string {
  const url = new URL(address);
  [url.username, url.password] = [encodeURIComponent(name), encodeURIComponent(password)];
  return url.href;
}
