import { sql } from "drizzle-orm";
import { doublePrecision, index, integer, pgTable } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** Tries per login and per network; see throttle-rules.ts. The key holds no name: it is a keyed hash. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    key: textC().primaryKey(),
    failures: integer().notNull(), // what builds before `level` count by
    level: doublePrecision().notNull().default(0), // tries; a pressure halves each hour
    lastAt: instant("last_at").notNull(),
    blockedUntil: instant("blocked_until").notNull(),
    forgetAt: instant("forget_at").notNull().default(sql`now() + interval '1 day'`),
  },
  (t) => [index("sign_in_attempts_forget").on(t.forgetAt)],
);
