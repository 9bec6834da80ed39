import { sql } from "drizzle-orm";
import { boolean, check, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../postgres/columns";

/** One row, written at the first migration. Only `seeding_finished_at` is ever set, once (a trigger sees to it). */
export const book = pgTable(
  "book",
  {
    one: boolean().primaryKey().default(true),
    id: text().notNull(),
    zone: text().notNull(), // IANA; the bank's dates
    demo: boolean().notNull(),
    accountNumberScheme: text("account_number_scheme").notNull(),
    formatVersion: text("format_version").notNull(),
    keyChecks: jsonb("key_checks").notNull(), // a check value per key that must never change under this book
    createdAt: instant("created_at").notNull(),
    seedingFinishedAt: instant("seeding_finished_at"), // import_events works until then, and never after
  },
  (t) => [check("book_one_row", sql`${t.one}`)],
);
