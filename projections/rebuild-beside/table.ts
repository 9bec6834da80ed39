import { sql } from "drizzle-orm";
import { bigint, boolean, check, doublePrecision, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../../infra/postgres/columns";

/** The last rebuild of each read model: what was asked for, how far it is, how it ended, and what is kept of the copy before it. */
export const rebuilds = pgTable(
  "rebuilds",
  {
    projection: textC().primaryKey(),
    purpose: text().notNull(), // rebuild | roll_back
    status: text().notNull(),
    revision: integer().notNull(), // of the fold that builds
    workers: smallint().notNull(),
    target: bigint({ mode: "bigint" }).notNull(), // the log's head when it was last looked at: so many events are to be folded
    done: bigint({ mode: "bigint" }).notNull(), // of these, folded by all workers together
    eventsPerSecond: doublePrecision("events_per_second"), // of late; null: not measured yet
    eventsPerSecondMax: integer("events_per_second_max"), // the brake; null: none
    accept: boolean().notNull(), // to be swapped in though it differs
    indexed: boolean().notNull(), // the indexes that the fold does not need stand too
    askedBy: text("asked_by").notNull(), // when it was begun
    askedAgainBy: text("asked_again_by"), // the last who had it go on, accepted its differences or changed its pace since
    endedBy: text("ended_by"), // who cancelled it, or left it; null: nobody did, or nobody wrote it down yet
    fault: text(), // in words, without a value that people typed
    compared: bigint({ mode: "bigint" }), // rows of the new copy that were held against the old one; null: not compared
    differences: bigint({ mode: "bigint" }), // rows; null: not compared
    firstDifference: text("first_difference"),
    startedAt: instant("started_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    finishedAt: instant("finished_at"),
    // The copy before, its checkpoint as it stood when it was put by; null: none is kept.
    keptRevision: integer("kept_revision"),
    keptPosition: bigint("kept_position", { mode: "bigint" }),
    keptRecordedAt: instant("kept_recorded_at"),
  },
  (t) => [
    check("rebuilds_purpose", sql`${t.purpose} in ('rebuild', 'roll_back')`),
    check(
      "rebuilds_status",
      sql`${t.status} in ('running', 'level', 'comparing', 'differs', 'stopped', 'failed', 'cancelled', 'swapped', 'rolled_back')`,
    ),
    check("rebuilds_kept_whole", sql`(${t.keptRevision} is null) = (${t.keptPosition} is null)`),
  ],
);

/** How far each worker of a rebuild has come. Its row is the lock under which it folds, and what it needs to know to do so. */
export const rebuildWorkers = pgTable(
  "rebuild_workers",
  {
    projection: textC().notNull(),
    part: smallint().notNull(), // of the accounts, by a hash: 0 to parts - 1
    parts: smallint().notNull(),
    position: bigint({ mode: "bigint" }).notNull(),
    done: bigint({ mode: "bigint" }).notNull(), // events of its accounts up to there
  },
  (t) => [primaryKey({ columns: [t.projection, t.part] })],
);
