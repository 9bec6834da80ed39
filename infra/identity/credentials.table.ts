import { sql } from "drizzle-orm";
import { pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";
import { users } from "./users.table";

/** The password of a login (argon2id). better-auth's `account`, without its columns for other providers. */
export const credentials = pgTable(
  "credentials",
  {
    id: textC().primaryKey(), // crd_…
    userId: textC("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    providerId: text("provider_id").notNull(), // "credential"
    accountId: text("account_id").notNull(), // the user's id again
    password: text(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [unique("credentials_one_per_provider").on(t.userId, t.providerId)],
);
