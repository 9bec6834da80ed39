import { storedEventColumns } from "../event-log/read";
import { eventsToFold, snapshotBefore } from "./fold-sql";

/** More events than this between the snapshot and the page's end are not brought along: the balances are then folded in pages. */
const TAIL_EVENTS_MAX = 600;

/**
 * A page of the log of an account (`$1`), versions `$2` to `$3`, of the types `$4` (null: all), at most `$5` events, and with its last event what
 * the balances are folded from: the snapshot before its first, and the events from there on. One statement, for the reasons of `asOfSql`.
 * `materialized`: made once; as a lateral join the events to fold were read again for each row.
 * `visible` is a condition over the account's first event, as `e`; no row: it does not hold. A page without events is a row without a version.
 */
export function timelineSql(order: "newest" | "oldest", visible: string): string {
  return `
with page as materialized (select ${storedEventColumns} from events e where e.stream_id = $1 and e.version between $2 and $3
    and ($4::text[] is null or e.type = any($4)) order by e.version ${order === "newest" ? "desc" : "asc"} limit $5),
span as materialized (select min(p.version) as first, max(p.version) as last from page p),
fold as materialized (
  select span.last, to_jsonb(n) as snapshot,
    ${eventsToFold("span.last", { also: `span.last - coalesce(n.version, 0) <= ${TAIL_EVENTS_MAX}` })} as tail
    from span ${snapshotBefore("span.first")})
select p.*, f.snapshot, f.tail
from (select from events e where e.stream_id = $1 and e.version = 1 and ${visible}) seen
left join page p on true
left join fold f on f.last = p.version
order by p.version ${order === "newest" ? "desc" : "asc"}`;
}
