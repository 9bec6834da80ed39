import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";
import { parties } from "./parties.table";

/** A login. It acts for a party and holds one role. better-auth's `user`. */
export const users = pgTable(
  "users",
  {
    id: textC().primaryKey(), // usr_…
    email: text().notNull().unique(), // lower case
    emailVerified: boolean("email_verified").notNull().default(false),
    name: text().notNull(),
    image: text(), // better-auth asks for the column; unused
    role: text({ enum: ["customer", "teller", "auditor", "operator"] }).notNull(),
    partyId: textC("party_id").references(() => parties.id),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    check("users_role", sql`${t.role} in ('customer', 'teller', 'auditor', 'operator')`),
    check("users_customer_has_party", sql`${t.role} <> 'customer' or ${t.partyId} is not null`),
    check("users_email_lower", sql`${t.email} = lower(${t.email})`),
    index("users_party").on(t.partyId),
    index("users_staff").on(t.id).where(sql`${t.role} <> 'customer'`), // few of very many: whom no customer may be called like
    index("users_email_prefix").on(t.email.op("text_pattern_ops")),
  ],
);
