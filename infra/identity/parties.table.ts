import { sql } from "drizzle-orm";
import { check, pgTable, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** Who holds accounts: the only identity that events know. Names live here and never in the log. */
export const parties = pgTable(
  "parties",
  {
    id: textC().primaryKey(), // pty_…
    kind: text({ enum: ["person", "organisation"] }).notNull(),
    name: text().notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [check("parties_kind", sql`${t.kind} in ('person', 'organisation')`)],
);
