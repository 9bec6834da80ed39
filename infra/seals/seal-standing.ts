import type { Db } from "../postgres/connect";
import { isInstantSql } from "../rows/stored-column";
import { isDone } from "./command-chain";
import { lastToFirst } from "./seal-rows";

/**
 * How much of the book no seal covers yet. Until a seal covers them, the last events could be taken away or replaced unnoticed, and commands too.
 * They are counted up to a thousand.
 */
export type SealStanding = {
  head: bigint;
  sealed: bigint;
  unsealed: bigint;
  unsealedCommands: { count: bigint; orMore: boolean };
  /** Null: none yet, or its time cannot be shown. */
  lastSealedAt: Date | null;
  /** What keeps the rest from being sealed: the first finding behind the last seal that nobody has accepted. */
  stopped: { id: string; since: Date | null; position: bigint; place: string } | null;
};

const commandsMax = 1_000n;

type Row = Omit<SealStanding, "unsealed" | "unsealedCommands" | "stopped"> & {
  unsealedCommands: bigint;
  stoppedBy: string | null;
  stoppedSince: Date | null;
  stoppedAt: bigint | null;
  stoppedPlace: string | null;
};

export async function sealStanding(db: Db): Promise<SealStanding> {
  const { rows } = await db.query<Row>(
    `select coalesce((select e.position from events e order by e.position desc limit 1), 0) as head,
            coalesce(s.size, 0) as sealed, case when ${isInstantSql("s.sealed_at")} then s.sealed_at end as "lastSealedAt",
            (select count(*) from (select from commands c where c.position >= coalesce(s.covered, 0)
              and (c.position > coalesce(s.covered, 0) or not ${isDone}) limit ${commandsMax}) u) as "unsealedCommands",
            f.id::text as "stoppedBy", case when ${isInstantSql("f.found_at")} then f.found_at end as "stoppedSince", f.position as "stoppedAt", f.place as "stoppedPlace"
       from (select) one left join lateral (select size, sealed_at, case when commands is not null then size end as covered from seals s order by ${lastToFirst} limit 1) s on true
       left join lateral (select id, found_at, position, place from findings where closed_at is null and accepted_at is null
         and position > coalesce(s.size, 0) order by position, id limit 1) f on true`,
  );
  const [row] = rows;
  if (!row) throw new Error("a query without a table gave no row");
  const {
    unsealedCommands: count,
    stoppedBy: id,
    stoppedSince: since,
    stoppedAt: position,
    stoppedPlace: place,
    ...standing
  } = row;
  const stopped = id !== null && position !== null && place !== null ? { id, since, position, place } : null;
  return { ...standing, unsealed: row.head - row.sealed, unsealedCommands: { count, orMore: count === commandsMax }, stopped };
}
