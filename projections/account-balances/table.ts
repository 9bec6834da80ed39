import { sql } from "drizzle-orm";
import { bigint, check, index, integer, numeric, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../../infra/postgres/columns";

/** Every account as it stands at the projection's checkpoint. Disposable: made from the log alone. */
export const accountBalances = pgTable(
  "account_balances",
  {
    accountId: textC("account_id").primaryKey(),
    accountNumber: textC("account_number").notNull().unique(),
    currency: text().notNull(),
    exponent: smallint().notNull(),
    product: text().notNull(),
    status: text().notNull(),
    holders: text().array().notNull(),
    balance: numeric().notNull(), // minor units
    version: integer().notNull(), // of the account's last event; an older one is never written over it
    position: bigint({ mode: "bigint" }).notNull(),
    recordedAt: instant("recorded_at").notNull(), // of that event
    openedAt: instant("opened_at").notNull(),
    lastActivityAt: instant("last_activity_at").notNull(), // of the last event that moved money, else of the opening
  },
  (t) => [
    index("account_balances_holders").using("gin", t.holders),
    check("account_balances_whole", sql`${t.balance} = trunc(${t.balance})`),
    check("account_balances_status", sql`${t.status} in ('open', 'closed')`),
  ],
);
