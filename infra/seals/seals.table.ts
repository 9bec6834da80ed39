import { sql } from "drizzle-orm";
import { bigint, check, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea, instant } from "../postgres/columns";

/** Signed tree heads over the log, each naming the one before (DESIGN §3.9). Written by `append_seal` only; triggers forbid every change. */
export const seals = pgTable(
  "seals",
  {
    size: bigint({ mode: "bigint" }).notNull(), // events 1..size
    root: bytea().notNull(), // of the RFC 6962 tree over them
    commands: bigint({ mode: "bigint" }), // decided up to event `size`; null in seals of before
    commandsHash: bytea("commands_hash"), // of all of them, in order
    sealedAt: instant("sealed_at").notNull(),
    keyId: text("key_id").notNull(),
    previous: bytea().notNull(), // hash of the seal before; 32 zero bytes before the first
    hash: bytea().notNull(), // SHA-256 of the signed text
    signature: bytea().notNull(), // Ed25519
  },
  (t) => [
    // Over the same events a seal that says what the commands were may follow one of before, which did not; else each covers more than the last.
    uniqueIndex("seals_size").on(t.size, sql`(${t.commands} is not null)`),
    check("seals_size_positive", sql`${t.size} > 0`),
    check(
      "seals_lengths",
      sql`octet_length(${t.root}) = 32 and octet_length(${t.previous}) = 32 and octet_length(${t.hash}) = 32
      and octet_length(${t.signature}) = 64`,
    ),
    check("seals_commands", sql`(${t.commands} is null) = (${t.commandsHash} is null) and octet_length(${t.commandsHash}) = 32`),
  ],
);
