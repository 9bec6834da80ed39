import { existsSync } from "node:fs";

const form = "must be a URL like postgres://user:password@host:5432/database";
const encoding = "in a name or password, write every sign but letters, digits, - . _ ~ as %xx (# as %23, @ as %40, / as %2F)";

/** Parameters that the connection follows. Others would be left aside without a word, so they are refused. */
const parameters: Readonly<Record<string, (value: string) => string | undefined>> = {
  sslmode: (value) => oneOf(value, ["disable", "prefer", "require", "verify-ca", "verify-full", "no-verify"]),
  ssl: (value) => oneOf(value, ["true", "false", "1", "0"]),
  sslnegotiation: (value) => oneOf(value, ["postgres", "direct"]),
  uselibpqcompat: (value) => oneOf(value, ["true", "false"]),
  sslrootcert: file,
  sslcert: file,
  sslkey: file,
  application_name: () => undefined,
  options: () => undefined,
  // Put there by a start, for the server that it starts: see infra/postgres/session-settings.ts.
  daybook_major: () => undefined,
  daybook_settings: () => undefined,
};

/** What parts of the address itself say; a second time, as a parameter, they would win for one login and be lost for another. */
const said = ["user", "password", "host", "port", "db", "dbname", "database"];

/** Why this cannot be the address of a PostgreSQL, in words that repeat nothing of a password; undefined when it can. */
export function postgresUrlProblem(text: string): string | undefined {
  const parts = /^postgres(?:ql)?:\/\/(?:([^/]*)@)?([^@/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(text);
  if (!/^postgres(ql)?:\/\//.test(text)) return form;
  if (!parts) return `${form}; ${encoding}`;
  const [, login = "", address = "", database = "", query = ""] = parts;
  return (
    loginProblem(login) ??
    addressProblem(address, query) ??
    databaseProblem(database) ??
    parameterProblem(query) ??
    wholeProblem(text)
  );
}

function loginProblem(login: string): string | undefined {
  const colon = login.indexOf(":");
  const [user, password] = colon < 0 ? [login, ""] : [login.slice(0, colon), login.slice(colon + 1)];
  if (!user) return `names no user: it ${form}`;
  return [user, password].every((part) => isEncoded(part) && /^[\x21-\x7e]*$/.test(part) && !/[?#@[\]]/.test(part))
    ? undefined
    : `has a name or password that cannot be read: ${encoding}`;
}

function addressProblem(address: string, query: string): string | undefined {
  if (address.includes(","))
    return "names several hosts, and takes one: the primary, or an address that leads to it after a failover";
  const socket = "for a Unix socket, write its folder as the host: postgres://user@%2Fvar%2Frun%2Fpostgresql/database";
  if (!address) return `names no host; ${socket}${query ? "" : `, else ${form.replace("must be ", "")}`}`;
  if (/^%2f/i.test(address))
    return isEncoded(address) && !address.includes(":") ? undefined : `has a socket that cannot be read: ${socket}`;
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(address) ?? [];
  if (port !== undefined && !isPort(port)) return "has a port that is none: it must be a number from 1 to 65535";
  if (host && URL.canParse(`http://${host}`) && /^(\[[0-9a-f:.]+\]|[\w.-]+)$/i.test(host)) return undefined;
  return "has a host that is none: it must be a name or an address, IPv6 in brackets ([::1])";
}

function databaseProblem(database: string): string | undefined {
  if (!database) return `names no database: it ${form}`;
  return isEncoded(database) && !database.includes("/") ? undefined : `has a database name that cannot be read: ${encoding}`;
}

function parameterProblem(query: string): string | undefined {
  for (const [name, value] of new URLSearchParams(query)) {
    if (said.includes(name)) return `says ${name} as a parameter: it ${form}, with each part in its place`;
    const check = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!check) return `has a parameter that is not known here (${shown(name)}): there are ${Object.keys(parameters).join(", ")}`;
    const problem = check(value);
    if (problem) return `has a ${name} that ${problem}`;
  }
  return undefined;
}

const wholeProblem = (text: string) => (URL.canParse(text) ? undefined : `${form}; ${encoding}`);

const oneOf = (value: string, allowed: readonly string[]) =>
  allowed.includes(value) ? undefined : `is none of ${allowed.join(", ")}`;

function file(value: string): string | undefined {
  return existsSync(value) ? undefined : "names no file that is there";
}

export const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** A name of a parameter, as long as it looks like one: what stands behind an unencoded ? may be the rest of a password. */
const shown = (name: string) => (/^[a-z_]{1,40}$/i.test(name) ? name : "its name is not shown");
