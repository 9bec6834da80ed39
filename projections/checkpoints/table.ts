import { sql } from "drizzle-orm";
import { bigint, boolean, integer, pgTable } from "drizzle-orm/pg-core";
import { instant, textC } from "../../infra/postgres/columns";

/** How far each reader of the log has come. Its row is the lock that lets one runner at a time feed the reader. */
export const projectionCheckpoints = pgTable("projection_checkpoints", {
  name: textC().primaryKey(),
  revision: integer().notNull(), // of the fold that wrote the read model
  position: bigint({ mode: "bigint" }).notNull().default(sql`0`),
  recordedAt: instant("recorded_at"), // of the event at `position`; null before the first
  updatedAt: instant("updated_at").notNull(), // wall clock of the last step: health asks whether there was progress
  paused: boolean().notNull().default(false), // honoured only where test hooks are on
});
