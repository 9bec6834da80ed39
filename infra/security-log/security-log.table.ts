import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** What was refused, what changed who may get in, and what operators did. Holds no password, no token and no unknown login in clear. */
export const securityLog = pgTable(
  "security_log",
  {
    id: textC().primaryKey(), // sec_…, sorts by time
    at: instant().notNull().default(sql`now()`),
    kind: text().notNull(),
    userId: textC("user_id"), // no foreign key: the row outlives the login
    loginHash: text("login_hash"), // keyed hash of what was typed: people type passwords into the wrong field
    address: text(),
    path: text(),
    detail: jsonb().notNull().default({}),
  },
  (t) => [index("security_log_at").on(t.at), index("security_log_user").on(t.userId, t.at)],
);
