import { bigint, index, integer, jsonb, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { bytea, instant, textC } from "../postgres/columns";

/** A cache of folds, every 100th version, kept as history. Deleting them all changes no answer, only time. */
export const snapshots = pgTable(
  "snapshots",
  {
    streamId: textC("stream_id").notNull(),
    version: integer().notNull(),
    revision: integer().notNull(), // of the fold; another revision is ignored
    position: bigint({ mode: "bigint" }).notNull(),
    recordedAt: instant("recorded_at").notNull(),
    state: jsonb().notNull(),
    checksum: bytea().notNull(), // over all of the above and the hash of the event: what does not match is ignored
  },
  (t) => [
    primaryKey({ columns: [t.streamId, t.revision, t.version] }),
    index("snapshots_as_of").on(t.streamId, t.revision, t.recordedAt),
  ],
);
