import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, textC } from "../postgres/columns";

/** One row per command ever decided, refusals too, so that a retry can never end differently. Never pruned. */
export const commands = pgTable(
  "commands",
  {
    actor: textC().notNull(), // the key is (actor, id): another person's id reveals and changes nothing
    id: textC().notNull(),
    type: text().notNull(),
    accountIds: text("account_ids").array().notNull(),
    input: jsonb().notNull(), // parsed input, personal text encrypted: what a retry is compared with
    outcome: jsonb().notNull(), // { ok: "yes", events } | { ok: "no", refusal }
    position: bigint({ mode: "bigint" }).notNull(), // head that the outcome was true at
    versions: jsonb().notNull(), // refused: stream → version it was decided on; a done command's events say it
    context: jsonb().notNull(), // refused: role, acting for, channel, correlation, build; of a done command see its events' metadata
    decidedAt: instant("decided_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.actor, t.id] }),
    index("commands_position").on(t.position), // seals cover them in this order
    index("commands_refused").on(sql`(${t.accountIds}[1])`, t.recordedAt).where(sql`${t.outcome} ->> 'ok' = 'no'`),
  ],
);
