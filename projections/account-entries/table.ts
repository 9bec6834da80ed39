import { sql } from "drizzle-orm";
import { bigint, check, integer, numeric, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../../infra/postgres/columns";

/**
 * One row per event of an account, with the balance after it. The index `account_entries_as_of` (account, recorded_at desc, version desc,
 * including balance) stands in the migration: it answers "balance as of T" without touching the table.
 */
export const accountEntries = pgTable(
  "account_entries",
  {
    accountId: textC("account_id").notNull(),
    version: integer().notNull(),
    position: bigint({ mode: "bigint" }).notNull(),
    recordedAt: instant("recorded_at").notNull(),
    effectiveAt: instant("effective_at").notNull(), // the event's own, else recorded_at
    type: text().notNull(),
    amount: numeric().notNull(), // minor units, signed; 0 where no money moved
    balance: numeric().notNull(), // after this entry
    description: text(), // plain, as in `activity` and in no other table. Null: none, or erased
    commandId: text("command_id").notNull(),
    actor: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.version] }),
    check("account_entries_whole", sql`${t.amount} = trunc(${t.amount}) and ${t.balance} = trunc(${t.balance})`),
  ],
);
