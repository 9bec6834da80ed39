import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** One-time links: the identifier is hashed, the value is the login they are for. */
export const verifications = pgTable(
  "verifications",
  {
    id: textC().primaryKey(), // vrf_…
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [index("verifications_identifier").on(t.identifier), index("verifications_value").on(t.value)],
);
