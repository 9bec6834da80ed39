import { build } from "../config/build";
import type { Db } from "../postgres/connect";
import type { BuildSchema } from "./build-schema";

/** What the book says of its schema. */
export type BookSchema = { readonly floor: number; readonly newest: number; readonly newestName: string };

/** What this process is, beside the book that it was started on. */
export type SchemaStanding =
  | { kind: "same" }
  /** Migrations of this build are still to come. */
  | { kind: "book is older" }
  /** Later migrations took nothing away that this build needs. */
  | { kind: "book is newer"; book: BookSchema }
  | { kind: "build is too old"; book: BookSchema };

/** This build must not work on this book. Starting it again changes nothing. */
export class BuildTooOld extends Error {
  constructor(own: BuildSchema, book: BookSchema) {
    super(
      `This build (${build()}) knows the book's schema up to ${own.name}, and the book, which is at ${book.newestName}, takes builds from number ${book.floor} on: start a newer build of Daybook.`,
    );
    this.name = "BuildTooOld";
  }
}

/** Undefined: the book is older than this table, or there is none. */
export async function readBookSchema(db: Db): Promise<BookSchema | undefined> {
  const { rows: there } = await db.query<{ there: boolean }>("select to_regclass('public.book_schema') is not null as there");
  if (!there[0]?.there) return undefined;
  const { rows } = await db.query<BookSchema>(`select floor, newest, newest_name as "newestName" from book_schema`);
  return rows[0];
}

export function schemaStanding(own: BuildSchema, book: BookSchema | undefined): SchemaStanding {
  if (!book || book.newest < own.number) return { kind: "book is older" };
  if (own.number < book.floor) return { kind: "build is too old", book };
  return book.newest > own.number ? { kind: "book is newer", book } : { kind: "same" };
}

/** @throws BuildTooOld */
export async function requireFloor(db: Db, own: BuildSchema): Promise<SchemaStanding> {
  const standing = schemaStanding(own, await readBookSchema(db));
  if (standing.kind === "build is too old") throw new BuildTooOld(own, standing.book);
  return standing;
}
