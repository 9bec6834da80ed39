import { statSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";
import { type DatabaseRole, databaseRoles, type RoleUrls, roleVariables } from "../postgres/roles/database-roles";
import { type Addresses, addressesOf, bareHost, hostProblem } from "./addresses";
import { type Networks, parseNetworks } from "./networks";
import { isPort, postgresUrlProblem } from "./postgres-url";
import { smtpUrlProblem } from "./smtp-url";
import { WrongConfiguration } from "./wrong-configuration";

/** The environment, checked once. Where something is undefined, nothing was said about it. */
export type Env = {
  /** The owner's URL: migrations, imports. Absent in the server's process, which must not be the owner. */
  readonly databaseUrl: string | undefined;
  /** The URLs of the application's logins, one for each kind of work; a start makes those that are not given. */
  readonly databaseRoleUrls: Partial<RoleUrls>;
  /** The application works as the owner, because somebody asked for it. */
  readonly runAsOwner: boolean;
  /** Undefined: 3000, or the next free one. */
  readonly port: number | undefined;
  readonly host: string;
  readonly demo: "on" | "off" | undefined;
  /** Absolute path of the folder for database, secrets, stamps and outbox. */
  readonly dataDir: string;
  /** Absolute path of the file, outside the database, that seals are also written to. */
  readonly sealFile: string;
  /** The bank's zone (IANA) as asked for; what holds is written in the book. */
  readonly bankZone: string | undefined;
  /** Undefined: mail is put into the outbox folder. */
  readonly smtpUrl: string | undefined;
  /** The sender of mail. */
  readonly mailFrom: string;
  /** Proxies, beside those on this machine, that are believed about whom they speak for. */
  readonly trustedProxies: Networks | undefined;
  /** The address people type. */
  readonly origin: string;
  /** The same, with all that is printed and every origin whose forms are accepted; for the port that is set, or 3000. */
  readonly addresses: Addresses;
  /** DAYBOOK_ORIGIN. */
  readonly statedOrigin: string | undefined;
  /** Lets browser tests pause the projections. Honoured only in a server that `npm test` started. */
  readonly testHooks: boolean;
};

const levels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
const onOrOff = z.enum(["on", "off"], { error: 'must be "on" or "off"' });
/** A text that `problem` has nothing against. Its words never repeat the value: it may hold a password. */
const unless = (problem: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const words = problem(text);
    if (words) context.addIssue(words);
  });

const schema = z.object({
  DATABASE_URL: unless(postgresUrlProblem).optional(),
  DATABASE_APP_URL: unless(postgresUrlProblem).optional(),
  DATABASE_WRITER_URL: unless(postgresUrlProblem).optional(),
  DATABASE_PROJECTOR_URL: unless(postgresUrlProblem).optional(),
  DATABASE_SEALER_URL: unless(postgresUrlProblem).optional(),
  DATABASE_IDENTITY_URL: unless(postgresUrlProblem).optional(),
  DAYBOOK_RUN_AS_OWNER: onOrOff.default("off"),
  PORT: unless((text) => (isPort(text) ? undefined : "must be a port: a number from 1 to 65535"))
    .transform(Number)
    .optional(),
  HOST: unless(hostProblem).transform(bareHost).default("127.0.0.1"),
  DAYBOOK_DEMO: onOrOff.optional(),
  DAYBOOK_DATA: unless((text) =>
    isFolderOrNew(text) ? undefined : "must be a folder, or a new name for one: a file has this name",
  ).default(".data"),
  DAYBOOK_SEAL_FILE: unless((text) =>
    isFileOrNew(text) ? undefined : "must be a file, or a new name for one: a folder has this name",
  ).optional(),
  DAYBOOK_LOG_LEVEL: z.enum(levels, { error: `must be one of ${levels.join(", ")}` }).optional(),
  DAYBOOK_ZONE: unless((text) => (isZone(text) ? undefined : "must be an IANA time zone like Europe/Berlin")).optional(),
  DAYBOOK_SMTP_URL: unless(smtpUrlProblem).optional(),
  DAYBOOK_MAIL_FROM: z.email("must be an e-mail address alone, like bank@example.org").optional(),
  DAYBOOK_TRUSTED_PROXIES: z
    .string()
    .transform((text, context): Networks => {
      const networks = parseNetworks(text);
      if (networks) return networks;
      context.addIssue("must be networks with commas between them, like 10.0.0.0/8, 2001:db8::/32");
      return z.NEVER;
    })
    .optional(),
  DAYBOOK_ORIGIN: unless(originProblem).optional(),
  DAYBOOK_TEST_HOOKS: onOrOff.default("off"),
  DAYBOOK_TEST_SERVER: z.string().optional(),
});

/** The variables that are read here. */
export const namesOfEnv: readonly string[] = Object.keys(schema.shape);

let known: Env | undefined;

/** The checked environment of this process. Throws an error that names every variable that is wrong. */
export function env(): Env {
  known ??= readEnv(process.env);
  return known;
}

/** Forgets the environment that was read, after a command has set variables for what runs next. */
export function rereadEnv(): Env {
  known = undefined;
  return env();
}

/** Checks a set of variables. An empty value counts as absent. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const read = schema.safeParse(given);
  if (!read.success) throw new WrongConfiguration(read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`));
  const values = read.data;
  const addresses = addressesOf({ host: values.HOST, port: values.PORT ?? 3000, stated: values.DAYBOOK_ORIGIN });
  return {
    databaseUrl: values.DATABASE_URL,
    databaseRoleUrls: roleUrlsIn(values),
    runAsOwner: values.DAYBOOK_RUN_AS_OWNER === "on",
    port: values.PORT,
    host: values.HOST,
    demo: values.DAYBOOK_DEMO,
    dataDir: path.resolve(values.DAYBOOK_DATA),
    sealFile: path.resolve(values.DAYBOOK_SEAL_FILE ?? path.join(values.DAYBOOK_DATA, "seals.txt")),
    bankZone: values.DAYBOOK_ZONE,
    smtpUrl: values.DAYBOOK_SMTP_URL,
    mailFrom: values.DAYBOOK_MAIL_FROM ?? `daybook@${domainOf(addresses.printed)}`,
    trustedProxies: values.DAYBOOK_TRUSTED_PROXIES,
    origin: addresses.printed,
    addresses,
    statedOrigin: values.DAYBOOK_ORIGIN,
    testHooks: values.DAYBOOK_TEST_HOOKS === "on" && values.DAYBOOK_TEST_SERVER === "1",
  };
}

function roleUrlsIn(values: Partial<Record<(typeof roleVariables)[DatabaseRole], string | undefined>>): Partial<RoleUrls> {
  const given = databaseRoles.flatMap((role) => {
    const url = values[roleVariables[role]];
    return url === undefined ? [] : [[role, url]];
  });
  return Object.fromEntries(given);
}

/** Sign, capitals and a last slash are a browser's to add; a path would be lost. */
function originProblem(text: string): string | undefined {
  const form = "must be the address people type, like https://bank.example or http://bank.example:8080";
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return form;
  const { username, password, pathname, search, hash } = new URL(text);
  if (username || password) return `${form}, without a name or password`;
  return pathname === "/" && !search && !hash && !/[?#]/.test(text) ? undefined : `${form}, without a path`;
}

/** Of an address in figures there is no mail: such a bank sends as its own machine. */
function domainOf(origin: string): string {
  const { hostname } = new URL(origin);
  return isIP(bareHost(hostname)) === 0 ? hostname : "localhost";
}

const isFolderOrNew = (text: string) => statSync(text, { throwIfNoEntry: false })?.isDirectory() ?? true;
const isFileOrNew = (text: string) => !(statSync(text, { throwIfNoEntry: false })?.isDirectory() ?? false);

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return /^[A-Za-z]/.test(text); // some versions of Node take offsets too, which are no zones: they know no summer time
  } catch {
    return false;
  }
}
