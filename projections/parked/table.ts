import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../../infra/postgres/columns";

/**
 * Accounts that a reader of the log holds at one of their events, because it cannot be applied. The log itself is the queue of what waits.
 * Written only by whoever holds the lock of the reader's checkpoint row.
 */
export const parkedAccounts = pgTable(
  "parked_accounts",
  {
    reader: textC().notNull(),
    accountId: textC("account_id").notNull(),
    version: integer().notNull(), // the first that is missing: the read model is true for the one before
    position: bigint({ mode: "bigint" }).notNull(), // of that event
    error: text().notNull(), // in words, without a value that people typed
    parkedAt: instant("parked_at").notNull(),
    attempts: integer().notNull(), // the one that parked it included
    lastTriedAt: instant("last_tried_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.reader, t.accountId] })],
);
