import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";
import { users } from "./users.table";

/** Who is signed in. `token` is a SHA-256 of the cookie's token: reading this table signs nobody in. */
export const sessions = pgTable(
  "sessions",
  {
    id: textC().primaryKey(), // ses_…
    userId: textC("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    token: text().notNull().unique(),
    expiresAt: instant("expires_at").notNull(), // absolute: never moved
    lastSeenAt: instant("last_seen_at").notNull().default(sql`now()`), // idle expiry counts from here
    ipAddress: text("ip_address"), // better-auth asks for the column; left empty
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [index("sessions_user").on(t.userId)],
);
