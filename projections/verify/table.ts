import { bigint, boolean, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../../infra/postgres/columns";

/** What each verification found: for the people who run the bank, no evidence in itself. */
export const bookVerifications = pgTable("book_verifications", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  finishedAt: instant("finished_at").notNull(),
  tookMs: integer("took_ms").notNull(),
  sound: boolean().notNull(),
  fault: text(), // the first one, in words; null where sound
  held: integer().notNull().default(0), // accounts that a read model held: there it was not compared
  head: bigint({ mode: "bigint" }).notNull(), // events checked, from position 1 on
  sealed: bigint({ mode: "bigint" }).notNull(), // of these, covered by a seal
});
