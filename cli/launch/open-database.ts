import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { checkServer } from "@/cli/launch/check-server";
import { mustBeRemembered, mustLeadToRemembered, rememberDatabase } from "@/cli/launch/which-database";
import { type Book, findBook, readBook } from "@/infra/book/book";
import { type MarkedSecret, marksOf, readMarks } from "@/infra/book/secret-marks";
import { isLoopback } from "@/infra/config/addresses";
import type { Env } from "@/infra/config/env";
import { makeMissingSecrets, readSecrets, type Secrets } from "@/infra/config/secrets";
import { type EmbeddedOptions, startEmbeddedPostgres } from "@/infra/embedded-postgres/embedded-postgres";
import { createClient } from "@/infra/postgres/connect";
import type { LogProtection } from "@/infra/postgres/log-protection";
import { migrate } from "@/infra/postgres/migrate";
import { NoSessions, probe } from "@/infra/postgres/probe";
import type { RoleUrls } from "@/infra/postgres/roles/database-roles";
import { RolesMissing } from "@/infra/postgres/roles/ensure-roles";
import { roleLogins } from "@/infra/postgres/roles/role-logins";

/** A running server, not looked into yet. `ownerUrl` is known to keep sessions. */
export type Server = {
  readonly ownerUrl: string;
  readonly embedded: boolean;
  readonly outsideFolder: string | undefined;
  /** Starts the embedded one again should it end; of another one its own people take care. */
  keepRunning(tell: (message: string) => void): void;
  stop(): Promise<void>;
};

/** What ends a start, and who hears why it waits. */
type StartOptions = Pick<EmbeddedOptions, "abort" | "tell">;

/** A database at this build's schema, with the book in it. `notes`: a line each of what an operator should know. */
export type OpenBook = {
  readonly ownerUrl: string;
  readonly urls: RoleUrls;
  readonly protection: LogProtection;
  readonly book: Book;
  readonly secrets: Secrets;
  readonly version: string;
  readonly notes: readonly string[];
  /** A sentence about migrations of a later build, if the book has had any. */
  readonly unknownMigrations: string | undefined;
};

/**
 * `acceptSecrets`: those of this folder take the place of the ones that the bank worked with.
 * `tell`: hears why the start waits.
 */
export type OpenOptions = { acceptSecrets?: readonly MarkedSecret[]; tell?: (message: string) => void };

/** The PostgreSQL of DATABASE_URL, or the embedded one below the data folder. */
export async function openServer(env: Env, options: StartOptions = {}): Promise<Server> {
  mustLeadToRemembered(env);
  if (env.databaseUrl)
    return {
      ownerUrl: await ownerPlace(env.databaseUrl, { direct: false }),
      embedded: false,
      outsideFolder: undefined,
      keepRunning: () => undefined,
      stop: async () => undefined,
    };
  makeDataFolder(env.dataDir);
  const server = await startEmbeddedPostgres({ home: path.join(env.dataDir, "postgres"), ...options });
  const { outsideFolder, keepRunning, stop } = server;
  const ownerUrl = await ownerPlace(server.ownerUrl, { direct: true });
  return { ownerUrl, embedded: true, outsideFolder, keepRunning, stop };
}

/** Checks the server, makes secrets and book at the first start, and brings schema and logins to this build's. */
export async function openBook(server: Server, env: Env, { acceptSecrets = [], tell }: OpenOptions = {}): Promise<OpenBook> {
  const { ownerUrl, version, bookExists, secrets } = await openSecrets(server, env, { acceptSecrets });
  const { urls, open, former, unknown } = await migrate(ownerUrl, {
    ...(tell && { tell }),
    book: bookOptions(server, env, { bookExists, secrets }),
    secrets: { marks: marksOf(secrets), accepted: acceptSecrets },
    ...(!env.runAsOwner && {
      roles: { logins: roleLogins({ ownerUrl, secret: secrets.roles, given: env.databaseRoleUrls }), alone: server.embedded },
    }),
  }).catch((error: unknown) => {
    throw error instanceof RolesMissing ? new Error(missingWords(error)) : error;
  });
  const book = await withClient(ownerUrl, readBook);
  if (book.demo && !isLoopback(env.host) && env.demo !== "on") {
    throw new Error(
      `This is a demo book, where anybody can sign in as anyone, and HOST=${env.host} opens it to others. Set DAYBOOK_DEMO=on to do so all the same.`,
    );
  }
  await rememberDatabase(server, env, book);
  const protection = env.runAsOwner ? "triggers only" : "roles and triggers";
  return { ownerUrl, urls, protection, book, secrets, version, notes: notesOf(open, former), unknownMigrations: unknown };
}

/** Checks the server, and makes the secrets that are missing and that the bank does not work with already. */
export async function openSecrets(server: Server, env: Env, { acceptSecrets = [] }: OpenOptions = {}) {
  const { ownerUrl } = server;
  await mustBeRemembered(server, env);
  const { version, bookExists, marks } = await withClient(ownerUrl, async (client) => ({
    ...(await checkServer(client)),
    bookExists: await hasBook(client),
    marks: await readMarks(client),
  }));
  makeDataFolder(env.dataDir);
  const marked = Object.keys(marks).filter((name) => !acceptSecrets.some((one) => one === name));
  makeMissingSecrets(env.dataDir, { bookExists, marked, variables: process.env });
  return { ownerUrl, version, bookExists, marks, secrets: readSecrets(env.dataDir, process.env) };
}

/** One connection for a few statements. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = createClient(url, "daybook start");
  try {
    await client.connect();
  } catch (error) {
    throw cannotBeOpened(url, error);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The owner's URL, once it is known to keep sessions. */
async function ownerPlace(ownerUrl: string, options: { direct: boolean }): Promise<string> {
  try {
    return await probe(ownerUrl, options);
  } catch (error) {
    if (error instanceof NoSessions) throw new Error(`DATABASE_URL ${error.message}.`);
    throw cannotBeOpened(ownerUrl, error);
  }
}

function bookOptions(
  server: Server,
  env: Env,
  { bookExists, secrets: { hmac, master, seal } }: { bookExists: boolean; secrets: Secrets },
) {
  const demo = wantsDemo(server, env, bookExists);
  return {
    keys: { hmac, master, seal },
    ...(env.bankZone !== undefined && { zone: env.bankZone }),
    ...(demo !== undefined && { demo }),
  };
}

function missingWords({ names }: RolesMissing): string {
  return (
    `The application's logins are missing, and the owner of the database may make no roles: ${names.join(", ")}. ` +
    `Have an administrator run what \`npm run daybook -- roles\` prints, then start again; docs/operating.md, "Logins", says more.`
  );
}

function notesOf(open: readonly string[], former: readonly string[]): string[] {
  const notes: string[] = [];
  if (open.length > 0)
    notes.push(
      `The application's logins can also use what the owner may not take from them: ${open.join("; ")}. See docs/operating.md, "Logins".`,
    );
  if (former.length > 0)
    notes.push(
      `An older Daybook still works here as ${former.join(", ")}: that login keeps its rights until a start finds it gone.`,
    );
  return notes;
}

function cannotBeOpened(url: string, error: unknown): Error {
  const { message, code } = error as NodeJS.ErrnoException; // of several addresses that all refused there is a code alone
  const variable = process.env.DATABASE_URL ? " (DATABASE_URL)" : "";
  return new Error(`The database at ${new URL(url).host}${variable} cannot be opened: ${message || code}`, { cause: error });
}

/** An existing book has its answer; a new one is a demo where it is embedded and nobody else can reach it, unless told. */
function wantsDemo(server: Server, env: Env, bookExists: boolean): boolean | undefined {
  if (env.demo) return env.demo === "on";
  return bookExists ? undefined : server.embedded && isLoopback(env.host);
}

async function hasBook(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('public.book') is not null as there");
  return rows[0]?.there === true && (await findBook(client)) !== undefined;
}

function makeDataFolder(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  // Names below it are no secret, contents are: as root, the database's own user has to pass through.
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
}
