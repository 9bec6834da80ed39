import { sql } from "drizzle-orm";
import { bigint, check, integer, jsonb, pgTable, smallint, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea, instant, textC } from "../postgres/columns";

/** The book itself. Written by `append_events` and `import_events` only; triggers forbid every change (DESIGN §3). */
export const events = pgTable(
  "events",
  {
    position: bigint({ mode: "bigint" }).primaryKey(), // 1..n over all streams, in commit order: the gate hands them out
    streamId: textC("stream_id").notNull(),
    version: integer().notNull(), // 1..n inside the stream
    type: text().notNull(),
    schemaVersion: smallint("schema_version").notNull(),
    data: jsonb().notNull(),
    metadata: jsonb().notNull(),
    effectiveAt: instant("effective_at"), // only what the command gave; readers use coalesce(effective_at, recorded_at)
    recordedAt: instant("recorded_at").notNull(), // database clock, never backwards along position
    hash: bytea().notNull(), // chain per stream
  },
  (t) => [
    unique("events_stream_version").on(t.streamId, t.version),
    uniqueIndex("events_account_number").on(sql`(${t.data} ->> 'accountNumber')`).where(sql`${t.type} = 'AccountOpened'`),
    check("events_position_positive", sql`${t.position} > 0`),
    check("events_version_positive", sql`${t.version} > 0`),
    check("events_hash_length", sql`octet_length(${t.hash}) = 32`),
  ],
);
