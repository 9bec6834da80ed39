import { integer, pgTable } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** Failed tries per login and per address; see throttle.ts. The key holds no name: it is a keyed hash. */
export const signInAttempts = pgTable("sign_in_attempts", {
  key: textC().primaryKey(),
  failures: integer().notNull(),
  lastAt: instant("last_at").notNull(),
  blockedUntil: instant("blocked_until").notNull(),
});
