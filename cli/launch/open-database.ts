import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { checkServer } from "@/cli/launch/check-server";
import { mustBeRemembered, mustLeadToRemembered, rememberDatabase } from "@/cli/launch/which-database";
import { type Book, findBook, readBook } from "@/infra/book/book";
import { isLoopback } from "@/infra/config/addresses";
import type { Env } from "@/infra/config/env";
import { makeMissingSecrets, readSecrets, type Secrets } from "@/infra/config/secrets";
import { type EmbeddedOptions, startEmbeddedPostgres } from "@/infra/embedded-postgres/embedded-postgres";
import type { AppRole, LogProtection } from "@/infra/postgres/app-role";
import { createClient } from "@/infra/postgres/connect";
import { migrate } from "@/infra/postgres/migrate";

/** A running server, not looked into yet. */
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

/** A database at this build's schema, with the book in it. */
export type OpenBook = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly protection: LogProtection;
  readonly book: Book;
  readonly secrets: Secrets;
  readonly version: string;
  /** A sentence about migrations of a later build, if the book has had any. */
  readonly unknownMigrations: string | undefined;
};

const appRoleName = "daybook_app";

/** The PostgreSQL of DATABASE_URL, or the embedded one below the data folder. */
export async function openServer(env: Env, options: StartOptions = {}): Promise<Server> {
  mustLeadToRemembered(env);
  if (env.databaseUrl)
    return {
      ownerUrl: env.databaseUrl,
      embedded: false,
      outsideFolder: undefined,
      keepRunning: () => undefined,
      stop: async () => undefined,
    };
  makeDataFolder(env.dataDir);
  const server = await startEmbeddedPostgres({ home: path.join(env.dataDir, "postgres"), ...options });
  const { ownerUrl, outsideFolder, keepRunning, stop } = server;
  return { ownerUrl, embedded: true, outsideFolder, keepRunning, stop };
}

/** Checks the server, makes secrets and book at the first start, and brings the schema to this build's. */
export async function openBook(server: Server, env: Env): Promise<OpenBook> {
  const { ownerUrl } = server;
  await mustBeRemembered(server, env);
  const { version, bookExists } = await withClient(ownerUrl, async (client) => ({
    ...(await checkServer(client)),
    bookExists: await hasBook(client),
  }));
  makeDataFolder(env.dataDir);
  makeMissingSecrets(env.dataDir, { bookExists, variables: process.env });
  const secrets = readSecrets(env.dataDir, process.env);

  const appRole = appRoleOf(env);
  const wanted = wantsDemo(server, env, bookExists);
  const keys = { hmac: secrets.hmac, master: secrets.master, seal: secrets.seal };
  const options = {
    keys,
    ...(env.bankZone !== undefined && { zone: env.bankZone }),
    ...(wanted !== undefined && { demo: wanted }),
  };
  const { protection, unknown } = await migrate(ownerUrl, { book: options, appRole });
  const book = await withClient(ownerUrl, readBook);
  if (book.demo && !isLoopback(env.host) && env.demo !== "on") {
    throw new Error(
      `This is a demo book, where anybody can sign in as anyone, and HOST=${env.host} opens it to others. Set DAYBOOK_DEMO=on to do so all the same.`,
    );
  }
  await rememberDatabase(server, env, book);
  const appUrl = protection === "triggers only" ? ownerUrl : urlFor(ownerUrl, appRole);
  return { ownerUrl, appUrl, protection, book, secrets, version, unknownMigrations: unknown };
}

/** One connection for a few statements. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = createClient(url, "daybook start");
  try {
    await client.connect();
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException; // of several addresses that all refused there is a code alone
    const variable = process.env.DATABASE_URL ? " (DATABASE_URL)" : "";
    throw new Error(`The database at ${new URL(url).host}${variable} cannot be opened: ${message || code}`, { cause: error });
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
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

function appRoleOf(env: Env): AppRole {
  if (env.databaseAppUrl && env.databaseAppUrl !== env.databaseUrl) {
    const { username, password } = new URL(env.databaseAppUrl);
    return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  const file = path.join(env.dataDir, "app-role-password");
  if (!existsSync(file)) {
    makeDataFolder(env.dataDir);
    writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  }
  return { name: appRoleName, password: readFileSync(file, "utf8").trim() };
}

function urlFor(ownerUrl: string, role: AppRole): string {
  const url = new URL(ownerUrl);
  [url.username, url.password] = [encodeURIComponent(role.name), encodeURIComponent(role.password)];
  return url.href;
}
