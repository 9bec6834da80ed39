import { sql } from "drizzle-orm";
import { bigint, index, integer, numeric, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../../infra/postgres/columns";

/** Everything that happened in the bank, one row per event, for staff to look through. */
export const activity = pgTable(
  "activity",
  {
    position: bigint({ mode: "bigint" }).primaryKey(),
    accountId: textC("account_id").notNull(),
    version: integer().notNull(),
    recordedAt: instant("recorded_at").notNull(),
    type: text().notNull(),
    amount: numeric().notNull(), // minor units, signed; 0 where no money moved
    source: text(), // of a deposit
    currency: text().notNull(),
    exponent: smallint().notNull(),
    accountNumber: textC("account_number").notNull(),
    holders: text().array().notNull(),
    description: text(), // plain; null: none, or erased
    actor: text().notNull(),
    role: text().notNull(), // held then
  },
  (t) => [
    index("activity_account").on(t.accountId, t.position.desc()),
    index("activity_words").using("gin", sql`to_tsvector('simple', coalesce(${t.description}, ''))`),
    index("activity_amount").on(sql`abs(${t.amount})`, t.position.desc()),
  ],
);
