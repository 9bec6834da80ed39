import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { z } from "zod";
import type { Book } from "@/infra/book/book";
import type { Env } from "@/infra/config/env";
import { WrongConfiguration } from "@/infra/config/wrong-configuration";
import { readOwnJson, writeOwnText } from "@/infra/files/own-text";
import { createClient } from "@/infra/postgres/connect";

/** What a data folder remembers of the database that its bank runs on: enough to know it again, and no password. */
const remembered = z.object({
  kind: z.enum(["embedded", "given"]),
  /** As people know it: where it is, and its name. */
  place: z.string(),
  /** PostgreSQL's own number of this cluster, the same on its replicas; null where this login may not ask. */
  systemIdentifier: z.string().nullable(),
  database: z.string(),
  bookId: z.string(),
});
export type RememberedDatabase = z.infer<typeof remembered>;

type Settings = Pick<Env, "dataDir" | "databaseUrl">;
type Opened = { ownerUrl: string; embedded: boolean };

const noteFile = (dataDir: string) => path.join(dataDir, "database.json");

/** The database that the bank of this data folder runs on; undefined for a folder on which none has run yet. */
export function rememberedDatabase(dataDir: string): RememberedDatabase | undefined {
  const found = readOwnJson(noteFile(dataDir));
  if (found === undefined) return undefined;
  const read = remembered.safeParse(found);
  if (read.success) return read.data;
  throw new WrongConfiguration([
    `${noteFile(dataDir)} says nothing of the database that this bank runs on any more: restore it, or remove it once you are sure of DATABASE_URL.`,
  ]);
}

/** Before anything is started: the settings must lead to the kind of database that this folder's bank runs on. */
export function mustLeadToRemembered({ dataDir, databaseUrl }: Settings): void {
  const known = rememberedDatabase(dataDir);
  if (!known) return;
  if (known.kind === "given" && databaseUrl === undefined)
    throw otherDatabase(dataDir, known, "DATABASE_URL is not set", "Set DATABASE_URL to that database.");
  if (known.kind === "embedded" && databaseUrl !== undefined)
    throw otherDatabase(dataDir, known, `DATABASE_URL names ${placeOf(databaseUrl)}`, "Unset DATABASE_URL.");
  if (known.kind === "embedded" && !existsSync(path.join(dataDir, "postgres")))
    throw otherDatabase(dataDir, known, `${path.join(dataDir, "postgres")} is not there`, "Bring that folder back.");
}

/** Before anything is changed in it: the database must be the one that this folder's bank runs on. */
export async function mustBeRemembered({ ownerUrl, embedded }: Opened, { dataDir }: Settings): Promise<void> {
  const known = rememberedDatabase(dataDir);
  if (!known) return;
  const found = await lookAt(ownerUrl);
  const same =
    found.database === known.database &&
    found.bookId === known.bookId &&
    (found.systemIdentifier === null || known.systemIdentifier === null || found.systemIdentifier === known.systemIdentifier);
  if (same) return;
  const holds = found.bookId ? `book ${found.bookId}` : "no book";
  const server = found.bookId === known.bookId && found.database === known.database ? ", on another server" : "";
  const where = embedded ? `The embedded database in ${dataDir}` : `DATABASE_URL names ${placeOf(ownerUrl)}, which`;
  throw otherDatabase(dataDir, known, `${where} holds ${holds}${server}`, "Go back to that database.");
}

/** Once the book is open: this folder's bank runs on this database, from now on. */
export async function rememberDatabase(
  { ownerUrl, embedded }: Opened,
  { dataDir }: Settings,
  book: Pick<Book, "id">,
): Promise<void> {
  if (rememberedDatabase(dataDir)) return;
  const { systemIdentifier, database } = await lookAt(ownerUrl);
  const place = embedded ? `the embedded database in ${dataDir}` : placeOf(ownerUrl);
  const note: RememberedDatabase = { kind: embedded ? "embedded" : "given", place, systemIdentifier, database, bookId: book.id };
  writeOwnText(noteFile(dataDir), JSON.stringify(note, null, 2));
}

/** From now on the folder takes the database that it is opened with next. */
export function forgetDatabase(dataDir: string): void {
  rmSync(noteFile(dataDir), { force: true });
}

/** Which book a command reads, in one line. */
export function describeBook({ ownerUrl, embedded }: Opened, { dataDir }: Settings, book: Pick<Book, "id" | "demo">): string {
  return `Book ${book.id} (${book.demo ? "a demo" : "real"}) in ${embedded ? `the embedded database in ${dataDir}` : placeOf(ownerUrl)}.`;
}

/** "daybook at db.example:5432", without login and password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `the database ${decodeURIComponent(pathname.slice(1))} at ${host}`;
}

function otherDatabase(dataDir: string, known: RememberedDatabase, found: string, wayBack: string): WrongConfiguration {
  return new WrongConfiguration([
    `The bank of the data folder ${dataDir} runs on ${known.place} (book ${known.bookId}), but ${lowerFirst(found)}.`,
    `${wayBack} To let the folder go to another database: npm run daybook -- move`,
  ]);
}

const lowerFirst = (text: string): string => (text.startsWith("The ") ? text[0]?.toLowerCase() + text.slice(1) : text);

async function lookAt(url: string) {
  const client = createClient(url, "daybook start");
  await client.connect();
  try {
    const { rows } = await client.query<{ database: string; hasBook: boolean }>(
      `select current_database() as database, to_regclass('public.book') is not null as "hasBook"`,
    );
    const [row] = rows;
    const { rows: books } = row?.hasBook ? await client.query<{ id: string }>("select id from book") : { rows: [] };
    return { database: row?.database ?? "", bookId: books[0]?.id, systemIdentifier: await systemIdentifier(client) };
  } finally {
    await client.end();
  }
}

/** Some hosts let nobody ask. */
async function systemIdentifier(client: pg.Client): Promise<string | null> {
  try {
    const { rows } = await client.query<{ id: string }>("select system_identifier::text as id from pg_control_system()");
    return rows[0]?.id ?? null;
  } catch {
    return null;
  }
}
