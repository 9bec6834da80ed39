import type { Db } from "../postgres/connect";
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
  lastSealedAt: Date | null;
};

const commandsMax = 1_000n;

export async function sealStanding(db: Db): Promise<SealStanding> {
  const { rows } = await db.query<Omit<SealStanding, "unsealed" | "unsealedCommands"> & { unsealedCommands: bigint }>(
    `select coalesce((select e.position from events e order by e.position desc limit 1), 0) as head,
            coalesce(s.size, 0) as sealed, s.sealed_at as "lastSealedAt",
            (select count(*) from (select from commands c where c.position >= coalesce(s.covered, 0)
              and (c.position > coalesce(s.covered, 0) or not ${isDone}) limit ${commandsMax}) u) as "unsealedCommands"
       from (select) one left join lateral (select size, sealed_at, case when commands is not null then size end as covered from seals s order by ${lastToFirst} limit 1) s on true`,
  );
  const [row] = rows;
  if (!row) throw new Error("a query without a table gave no row");
  const { unsealedCommands: count } = row;
  return { ...row, unsealed: row.head - row.sealed, unsealedCommands: { count, orMore: count === commandsMax } };
}
