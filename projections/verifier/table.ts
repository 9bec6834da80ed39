import { sql } from "drizzle-orm";
import { bigint, boolean, check, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../../infra/postgres/columns";

/** One row: how far the background verifier is in its pass, so that a restart goes on there, and which process is at it. */
export const verifier = pgTable(
  "verifier",
  {
    one: boolean().primaryKey().default(true),
    pass: integer().notNull().default(0), // passes that came to their end
    startedAt: instant("started_at"), // of the pass under way
    position: bigint({ mode: "bigint" }).notNull().default(sql`0`), // events 1 to position are checked in it
    account: text().notNull().default(""), // then the accounts up to this one
    faults: integer().notNull().default(0), // found in it so far
    firstFault: text("first_fault"),
    seals: jsonb(), // where the check of the seals stands
    leasedBy: text("leased_by"),
    leasedUntil: instant("leased_until"),
  },
  (t) => [check("verifier_one_row", sql`${t.one}`)],
);
