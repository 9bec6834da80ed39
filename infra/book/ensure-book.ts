import { createHmac } from "node:crypto";
import { newId } from "../ids";
import type { Db } from "../postgres/connect";
import { type Book, findBook } from "./book";

/** The keys whose loss or exchange would make the book unreadable or its proofs worthless. */
export type BookKeys = { hmac: Buffer; master: Buffer; seal: Buffer };

/** `demo` undefined: whatever the book already says; on a new book that means no. */
export type NewBook = { zone?: string; demo?: boolean; keys: BookKeys };

const scheme = "DB-97-10";
const format = "1";

/** Writes the book's one row, or checks this start against it. */
export async function ensureBook(db: Db, wanted: NewBook): Promise<Book> {
  const found = await findBook(db);
  if (found) {
    verifyBook(found, wanted);
    return found;
  }
  const demo = wanted.demo ?? false;
  await db.query(
    `insert into book (id, zone, demo, account_number_scheme, format_version, key_checks, created_at, seeding_finished_at)
     select $1, $2, $3, $4, $5, $6, date_trunc('milliseconds', clock_timestamp()), case when $3 then null else date_trunc('milliseconds', clock_timestamp()) end`,
    [newId("book"), wanted.zone ?? "Europe/Berlin", demo, scheme, format, JSON.stringify(keyChecks(wanted.keys))],
  );
  return ensureBook(db, wanted);
}

/**
 * @throws what `ensureBook` would, before anything is changed. Where there is no book yet, there is
 * nothing to disagree with.
 */
export async function mustFitBook(db: Db, wanted: NewBook): Promise<void> {
  const { rows } = await db.query<{ there: boolean }>("select to_regclass('public.book') is not null as there");
  const found = rows[0]?.there ? await findBook(db) : undefined;
  if (found) verifyBook(found, wanted);
}

/** @throws an error that names what this start and the book disagree about. */
function verifyBook(book: Book, wanted: NewBook): void {
  if (book.accountNumberScheme !== scheme || book.formatVersion !== format)
    throw new Error(
      `this book is of format ${book.formatVersion} (${book.accountNumberScheme}); this build reads ${format} (${scheme})`,
    );
  if (wanted.zone !== undefined && wanted.zone !== book.zone)
    throw new Error(`the book's zone is ${book.zone}, DAYBOOK_ZONE says ${wanted.zone}: a book's zone never changes`);
  if (wanted.demo !== undefined && wanted.demo !== book.demo)
    throw new Error(
      `this is ${book.demo ? "a demo" : "a real"} book, but DAYBOOK_DEMO says ${wanted.demo ? "on" : "off"}: that was decided when the book was made`,
    );
  for (const [name, check] of Object.entries(keyChecks(wanted.keys)))
    if (book.keyChecks[name] !== check)
      throw new Error(
        `the ${name} key is not the one that this book was made with: restore it (secrets folder, or DAYBOOK_SECRET_${name.toUpperCase()})`,
      );
}

/** A value per key that tells whether another key is the same one, and nothing else about it. */
export function keyChecks({ hmac, master, seal }: BookKeys): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ hmac, master, seal }).map(([name, key]) => [
      name,
      createHmac("sha256", key).update(`daybook.check.1 ${name}`).digest("hex").slice(0, 32),
    ]),
  );
}
