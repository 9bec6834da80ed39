import { accountFoldRevision } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { SNAPSHOT_EVERY } from "../snapshots/snapshotter";

export type Until = { recordedAt: Date } | { position: bigint };

/** The account's last version recorded at or before a time, or at or before a position; 0 where there is none. */
export async function versionAt(db: Db, accountId: AccountId, until: Until): Promise<number> {
  const isTime = "recordedAt" in until;
  const past = isTime ? "e.recorded_at > $2" : "e.position > $2";
  const { rows } = await db.query<{ version: number }>({
    name: isTime ? "version_at_time" : "version_at_position",
    text: `with recursive ${versionSearchSql({ past, ...(isTime && { notAfter: "$2" }) })} select version from found`,
    values: [accountId, isTime ? until.recordedAt : until.position.toString()],
  });
  return rows[0]?.version ?? 0;
}

/**
 * Members of a `with recursive`, the last of which, `found(version)`, has the last version of the account `$1` that `past`, a condition over
 * `events e`, does not hold for. A search by halves over the versions: they are gapless, and neither times nor positions go back along them.
 * No further index on the log, which every append would pay for. Where the answer is not after a time, it is first narrowed down by the
 * snapshots' index to the events behind one snapshot, which the fold reads anyway: 7 look-ups among neighbours instead of 17 all over an
 * account of 100,000 events. Only the log's own rows decide: a damaged snapshot narrows nothing.
 */
export function versionSearchSql({ past, notAfter }: { past: string; notAfter?: string }): string {
  return `
  start as (select ${notAfter === undefined ? "0" : snapshotVersionSql(past, notAfter)} as low,
    coalesce((select e.version from events e where e.stream_id = $1 order by e.version desc limit 1), 0) as head),
  search(low, high) as (
    select s.low, case when (select ${past} from events e where e.stream_id = $1 and e.version = s.low + ${SNAPSHOT_EVERY})
      then s.low + ${SNAPSHOT_EVERY - 1} else s.head end from start s
    union all
    select case when m.past then s.low else m.middle end, case when m.past then m.middle - 1 else s.high end
      from search s cross join lateral (
        select e.version as middle, ${past} as past from events e where e.stream_id = $1 and e.version = (s.low + s.high + 1) / 2) m
     where s.low < s.high),
  found as (select s.low as version from search s where s.low = s.high)`;
}

const snapshotVersionSql = (past: string, notAfter: string) => `coalesce((
  select e.version from snapshots s join events e on e.stream_id = s.stream_id and e.version = s.version
   where s.stream_id = $1 and s.revision = ${accountFoldRevision} and s.recorded_at <= ${notAfter} and not (${past})
   order by s.recorded_at desc limit 1), 0)`;
