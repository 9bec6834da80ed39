import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea, instant, textC } from "../postgres/columns";

/**
 * What sealer, verifier and `verify` found wrong in the book, and what an operator said to it. An open finding that names an
 * account closes that account. Written by `record_finding` and the operator's functions only: never deleted, and backed up.
 */
export const findings = pgTable(
  "findings",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    foundAt: instant("found_at").notNull(),
    seenAt: instant("seen_at").notNull(), // when it was last found
    foundBy: text("found_by").notNull(),
    place: text().notNull(), // "event acc_…@7 at position 123": names the same thing each time it is found
    what: text().notNull(),
    streamId: textC("stream_id"),
    version: integer(), // the first version of the stream that nobody vouches for
    position: bigint({ mode: "bigint" }), // no seal covers this position before the finding is accepted
    digest: bytea(), // of the event's row as it stood: an acceptance is void once the row changes again
    acceptedAt: instant("accepted_at"),
    acceptedReason: text("accepted_reason"),
    closedAt: instant("closed_at"), // the account was released, or a later pass found nothing
    closedReason: text("closed_reason"),
  },
  (t) => [
    uniqueIndex("findings_open").on(t.place, sql`coalesce(${t.digest}, '')`).where(sql`${t.closedAt} is null`),
    index("findings_under_review").on(t.streamId).where(sql`${t.closedAt} is null and ${t.streamId} is not null`),
    check("findings_stream", sql`(${t.streamId} is null) = (${t.version} is null)`),
    check("findings_found_by", sql`${t.foundBy} in ('sealer', 'verifier', 'verify')`),
  ],
);
