import { bigint, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";
import { bytea } from "../postgres/columns";

/**
 * Roots of the complete subtrees of 256 leaves and more: what is kept so that a seal costs what is new, and a proof O(log n). A cache of the
 * log: a row that is not there is computed again.
 */
export const sealSubtrees = pgTable(
  "seal_subtrees",
  {
    level: smallint().notNull(), // over 2^level leaves
    index: bigint({ mode: "bigint" }).notNull(), // the first leaf is index × 2^level
    root: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.index] })],
);
