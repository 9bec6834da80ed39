import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** Who holds accounts: the only identity that events know. Names live here and never in the log. */
export const parties = pgTable(
  "parties",
  {
    id: textC().primaryKey(), // pty_…
    kind: text({ enum: ["person", "organisation"] }).notNull(),
    name: text().notNull(),
    customerNumber: textC("customer_number").notNull().unique().default(sql`new_customer_number()`),
    nameKey: textC("name_key"), // its skeleton, see name-skeleton.ts; null until a start of this build makes it
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (t) => [
    check("parties_kind", sql`${t.kind} in ('person', 'organisation')`),
    index("parties_name_key").on(t.nameKey, t.id),
    index("parties_name_words").using("gin", sql`array_to_tsvector(string_to_array(${t.nameKey}, ' '))`),
  ],
);

/** What a party was called before, for staff. The present name stands in `parties`. */
export const partyNames = pgTable(
  "party_names",
  {
    partyId: textC("party_id")
      .notNull()
      .references(() => parties.id),
    name: text().notNull(),
    until: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.partyId, t.until] })],
);
