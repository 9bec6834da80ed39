import { sql } from "drizzle-orm";
import { boolean, check, pgTable } from "drizzle-orm/pg-core";
import { instant } from "../postgres/columns";

/** One row that every append locks and none updates: a head row that is updated dies of one old snapshot (2,614 → 500 appends/s). */
export const logGate = pgTable(
  "log_gate",
  {
    one: boolean().primaryKey().default(true),
    notBefore: instant("not_before").notNull().default(sql`'-infinity'`),
  },
  (t) => [check("log_gate_one_row", sql`${t.one}`)],
);
