import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";

export type Until = { recordedAt: Date } | { position: bigint };

/**
 * The account's last version recorded at or before a time, or at or before a position; 0 where there is none.
 * A search by halves over the versions: they are gapless, and neither times nor positions go back along them. About 17 index look-ups
 * for 100,000 events, and no further index on the log, which every append would pay for.
 */
export async function versionAt(db: Db, accountId: AccountId, until: Until): Promise<number> {
  const [column, limit] = "position" in until ? ["e.position", until.position.toString()] : ["e.recorded_at", until.recordedAt];
  const { rows } = await db.query<{ version: number }>(
    `with recursive search(low, high) as (
       select 0, coalesce((select e.version from events e where e.stream_id = $1 order by e.version desc limit 1), 0)
       union all
       select case when m.past then s.low else m.middle end, case when m.past then m.middle - 1 else s.high end
         from search s cross join lateral (
           select e.version as middle, ${column} > $2 as past from events e where e.stream_id = $1 and e.version = (s.low + s.high + 1) / 2) m
        where s.low < s.high)
     select low as version from search where low = high`,
    [accountId, limit],
  );
  return rows[0]?.version ?? 0;
}
