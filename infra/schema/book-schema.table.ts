import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, text } from "drizzle-orm/pg-core";

/** One row: which builds may work on this book. A contract migration raises the floor; a trigger tells running processes at once. */
export const bookSchema = pgTable(
  "book_schema",
  {
    one: boolean().primaryKey().default(true),
    floor: integer().notNull(), // the number of the oldest migration that a build must know
    newest: integer().notNull(), // the number of the newest migration that the book has had
    newestName: text("newest_name").notNull(),
  },
  (t) => [
    check("book_schema_one_row", sql`${t.one}`),
    check("book_schema_range", sql`0 <= ${t.floor} and ${t.floor} <= ${t.newest}`),
  ],
);
