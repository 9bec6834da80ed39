import { sql } from "drizzle-orm";
import { check, date, integer, numeric, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { textC } from "../../infra/postgres/columns";

/** The balance at the end of each bank day on which something happened; in between it stands as it was. */
export const dailyBalances = pgTable(
  "daily_balances",
  {
    accountId: textC("account_id").notNull(),
    day: date().notNull(), // in the bank's zone, as its events say
    balance: numeric().notNull(), // minor units, after the day's last event
    version: integer().notNull(), // of that event
  },
  (t) => [primaryKey({ columns: [t.accountId, t.day] }), check("daily_balances_whole", sql`${t.balance} = trunc(${t.balance})`)],
);
