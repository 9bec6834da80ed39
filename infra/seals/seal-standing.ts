import type { Db } from "../postgres/connect";

/** How much of the log no seal covers yet. Until a seal covers them, the last events could be taken away unnoticed. */
export type SealStanding = { head: bigint; sealed: bigint; unsealed: bigint; lastSealedAt: Date | null };

export async function sealStanding(db: Db): Promise<SealStanding> {
  const { rows } = await db.query<Omit<SealStanding, "unsealed">>(
    `select coalesce((select e.position from events e order by e.position desc limit 1), 0) as head,
            coalesce(s.size, 0) as sealed, s.sealed_at as "lastSealedAt"
       from (select) one left join lateral (select size, sealed_at from seals order by size desc limit 1) s on true`,
  );
  const [row] = rows;
  if (!row) throw new Error("a query without a table gave no row");
  return { ...row, unsealed: row.head - row.sealed };
}
