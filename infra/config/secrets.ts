import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "@/infra/config/env";
import { WrongConfiguration } from "@/infra/config/wrong-configuration";
import { flushFolder, readOwnText } from "@/infra/files/own-text";

/** What must stay secret. Keys are 32 bytes; the others are base64 text of 32 bytes. */
export type ServerSecrets = {
  readonly session: string;
  readonly runRoute: string;
  readonly metrics: string;
  readonly serverActions: string;
  readonly hmac: Buffer;
  readonly master: Buffer;
  readonly seal: Buffer;
};

/**
 * With what the passwords of the database's logins are made from. A start and the terminal have it,
 * the server never.
 */
export type Secrets = ServerSecrets & { readonly roles: string };

const names = ["session", "runRoute", "metrics", "serverActions", "roles", "hmac", "master", "seal"] as const;
type Name = (typeof names)[number];

/** The keys that a book depends on for ever: a new one is never made over an old book. */
const keysOfTheBook: readonly Name[] = ["hmac", "master", "seal"];

type Variables = Readonly<Record<string, string | undefined>>;

let known: ServerSecrets | undefined;

/** The secrets of this process, from the environment or `<data>/secrets`. Throws an error that names the one that is missing. */
export function secrets(): ServerSecrets {
  known ??= readServerSecrets(env().dataDir, process.env);
  return known;
}

/** Reads the secrets of a data folder; a variable (DAYBOOK_SECRET_MASTER, …) goes before its file. */
export function readSecrets(dataDir: string, variables: Variables = {}): Secrets {
  return { ...readServerSecrets(dataDir, variables), roles: longEnough(said("roles", dataDir, variables)) };
}

/** As `readSecrets`, for a process that has no business with the logins' passwords. */
export function readServerSecrets(dataDir: string, variables: Variables = {}): ServerSecrets {
  const text = (name: Name) => longEnough(said(name, dataDir, variables));
  const key = (name: Name) => bytesOf(said(name, dataDir, variables));
  return {
    session: text("session"),
    runRoute: text("runRoute"),
    metrics: text("metrics"),
    serverActions: key("serverActions").toString("base64"),
    hmac: key("hmac"),
    master: key("master"),
    seal: key("seal"),
  };
}

/**
 * Makes what is missing at a first start. Over an existing book only those are made that it does not depend on, and none that is `marked`: other
 * processes of the bank work with it.
 */
export function makeMissingSecrets(
  dataDir: string,
  options: { bookExists: boolean; marked?: readonly string[]; variables?: Variables },
): void {
  const folder = path.join(dataDir, "secrets");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const absent = names.filter((name) => !fromVariable(name, options.variables ?? {}) && !fromFile(dataDir, name));
  const needed = absent.filter(
    (name) => (options.bookExists && keysOfTheBook.includes(name)) || options.marked?.includes(name) === true,
  );
  if (needed.length > 0) throw new Error(missingWords(dataDir, needed));
  for (const name of absent) writeOnce(fileOf(dataDir, name), randomBytes(32).toString("base64"));
}

function missingWords(dataDir: string, needed: readonly Name[]): string {
  const variables = needed.map(variableOf).join(", ");
  return `This bank works with secrets that are not here: ${needed.join(", ")}. Copy them into ${path.join(dataDir, "secrets")} from the data folder that it was started from, or set ${variables}: docs/operating.md, "Several processes".`;
}

/** Variables that a secret may come by. */
export const namesOfSecrets: readonly string[] = names.map(variableOf);

/** What a secret says, and where: its variable or its file. */
type Said = { where: string; text: string };

function said(name: Name, dataDir: string, variables: Variables): Said {
  return fromVariable(name, variables) ?? fromFile(dataDir, name) ?? missing(dataDir, name);
}

function fromVariable(name: Name, variables: Variables): Said | undefined {
  const text = variables[variableOf(name)]?.trim();
  return text ? { where: variableOf(name), text } : undefined;
}

function fromFile(dataDir: string, name: Name): Said | undefined {
  const text = readFile(dataDir, name);
  return text ? { where: fileOf(dataDir, name), text } : undefined;
}

/** The variable that overrides a secret: DAYBOOK_SECRET_RUN_ROUTE for runRoute. */
function variableOf(name: Name): string {
  return `DAYBOOK_SECRET_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function fileOf(dataDir: string, name: Name): string {
  return path.join(
    dataDir,
    "secrets",
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
}

function readFile(dataDir: string, name: Name): string {
  return readOwnText(fileOf(dataDir, name)) ?? "";
}

/** Whole or not at all, and never over another: two first starts at once agree on one. */
function writeOnce(file: string, text: string): void {
  const own = `${file}.${randomBytes(4).toString("hex")}.new`;
  writeFileSync(own, `${text}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
  flushFolder(path.dirname(file));
}

function bytesOf({ where, text }: Said): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, "hex")
    : Buffer.from(/^[A-Za-z0-9+/_-]*={0,2}$/.test(text) ? text : "", "base64");
  if (bytes.length !== 32)
    throw new WrongConfiguration([
      `${where} must be 32 bytes in base64 or hexadecimal, as \`openssl rand -base64 32\` makes them.`,
    ]);
  return bytes;
}

function longEnough({ where, text }: Said): string {
  if (text.length < 32) throw new WrongConfiguration([`${where} must have at least 32 characters.`]);
  return text;
}

function missing(dataDir: string, name: Name): never {
  throw new WrongConfiguration([`The ${name} secret is missing: restore ${fileOf(dataDir, name)}, or set ${variableOf(name)}.`]);
}
