import type { Db } from "@/infra/postgres/connect";
import { isInstantSql } from "@/infra/rows/stored-column";

/** `head`: events checked, from position 1 on; of these, `sealed` are covered by a seal. `fault`: the first one, null where sound. `held`: accounts held. */
export type Verification = {
  /** Null: its time cannot be shown. */
  finishedAt: Date | null;
  tookMs: number;
  sound: boolean;
  fault: string | null;
  held: number;
  head: bigint;
  sealed: bigint;
};

/** The verification that finished last, whatever it found. */
export async function lastVerification(db: Db): Promise<Verification | undefined> {
  const { rows } = await db.query<Verification>(
    `select case when ${isInstantSql("finished_at")} then finished_at end as "finishedAt", took_ms as "tookMs", sound, fault, held, head, sealed from book_verifications order by id desc limit 1`,
  );
  return rows[0];
}

export async function recordVerification(db: Db, found: Omit<Verification, "finishedAt">): Promise<void> {
  const { tookMs, sound, fault, held, head, sealed } = found;
  await db.query(
    `insert into book_verifications (finished_at, took_ms, sound, fault, held, head, sealed)
     values (date_trunc('milliseconds', clock_timestamp()), $1, $2, $3, $4, $5, $6)`,
    [Math.round(tookMs), sound, fault, held, head, sealed],
  );
}
