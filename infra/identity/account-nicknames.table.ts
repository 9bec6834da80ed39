import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { textC } from "../postgres/columns";
import { users } from "./users.table";

/** What one person calls an account: a setting, not an event. */
export const accountNicknames = pgTable(
  "account_nicknames",
  {
    userId: textC("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accountId: textC("account_id").notNull(),
    nickname: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.accountId] }),
    check("account_nicknames_length", sql`char_length(${t.nickname}) between 1 and 40`),
  ],
);
