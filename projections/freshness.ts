import type { Db } from "@/infra/postgres/connect";
import { isInstantSql } from "@/infra/rows/stored-column";

/**
 * What a read model's figures are true for; `headPosition` is the log's, read in the same statement.
 * `recordedAt` null: before the first event, or the checkpoint holds a time that cannot be shown.
 */
export type Freshness = { position: bigint; recordedAt: Date | null; headPosition: bigint };

/** One row that gives a `Freshness`; `name` is a literal or a placeholder. */
export const freshnessSql = (name: `'${string}'` | `$${number}`): string =>
  `select coalesce(c.position, 0) as position, case when ${isInstantSql("c.recorded_at")} then c.recorded_at end as "recordedAt",
          coalesce((select e.position from events e order by e.position desc limit 1), 0) as "headPosition"
     from (select) one left join projection_checkpoints c on c.name = ${name}`;

export async function freshnessOf(db: Db, projection: string): Promise<Freshness> {
  const { rows } = await db.query<Freshness>(freshnessSql("$1"), [projection]);
  return rows[0] ?? { position: 0n, recordedAt: null, headPosition: 0n };
}
