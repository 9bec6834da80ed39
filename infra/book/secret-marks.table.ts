import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../postgres/columns";

/** Of each secret that every process of this bank must share, a mark that tells whether another one is the same. It opens nothing. */
export const secretMarks = pgTable("secret_marks", {
  name: text().primaryKey(),
  mark: text().notNull(),
  since: instant().notNull(),
});
