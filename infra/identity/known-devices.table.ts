import { index, integer, pgTable } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";
import { users } from "./users.table";

/** Browsers that a login was signed in from; see known-device.ts. */
export const knownDevices = pgTable(
  "known_devices",
  {
    id: textC().primaryKey(), // dev_…
    userId: textC("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    failures: integer().notNull(), // since the last good sign-in; too many, and it is known no more
    seenAt: instant("seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("known_devices_user").on(t.userId, t.seenAt)],
);
