import { accountFoldRevision } from "@/domain/account/account";
import { snapshotColumns } from "../snapshots/read-snapshot";

/** Joins, as `n`, the newest snapshot of the account `$1` at or before a version. */
export function snapshotBefore(version: string): string {
  return `left join lateral (select ${snapshotColumns} from snapshots s
  where s.stream_id = $1 and s.revision = ${accountFoldRevision} and s.version <= ${version} order by s.version desc limit 1) n on true`;
}

/** The events of the account `$1` behind the snapshot `n` up to a version, `FoldRow`s as JSON, in order; `also`: another condition, `limit`: at most so many. */
export function eventsToFold(upTo: string, { also, limit }: { also?: string; limit?: number }): string {
  return `(select json_agg(json_build_array(t.version, t.type, t.schema_version, t.data)) from (
     select e.version, e.type, e.schema_version, e.data from events e
      where e.stream_id = $1 and e.version > coalesce(n.version, 0) and e.version <= ${upTo}${also ? ` and ${also}` : ""}
      order by e.version${limit ? ` limit ${limit}` : ""}) t)`;
}
