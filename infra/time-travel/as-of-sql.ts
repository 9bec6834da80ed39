import { storedEventColumns } from "../event-log/read";
import { eventsToFold, snapshotBefore } from "./fold-sql";
import { versionSearchSql } from "./version-at";

/**
 * What tells the three ways of asking apart. `pin`: the place in the log that the answer is read up to. `past`: what lies after the place
 * asked for, a condition over `events e`; `notAfter`: the latest time that something before it can have.
 */
const places = {
  /** `$2`: the time. */
  time: {
    pin: "select e.position, e.hash, e.recorded_at from events e order by e.position desc limit 1",
    past: "e.recorded_at > $2",
    notAfter: "$2",
  },
  /** `$2`: the position; `$3`: the time, or null. */
  position: {
    pin: "select e.position, e.hash, e.recorded_at from events e where e.position = $2",
    past: "(e.position > $2 or e.recorded_at > coalesce($3, 'infinity'::timestamptz))",
    notAfter: "least((select p.recorded_at from pin p), $3::timestamptz)",
  },
  /** `$2`: the version, which nothing has to be found for. */
  event: {
    pin: "select e.position, e.hash, e.recorded_at from events e where e.stream_id = $1 and e.version = $2",
    past: "false",
    notAfter: null,
  },
} as const;

/**
 * How the version is found. `entries`: as `account_entries` has it, in one look-up; the log then says whether it is the one (`isLast`), so a
 * read model that lags or is damaged costs a second statement and changes no answer. `search`: by the log alone, twice the work.
 */
export type Finding = "entries" | "search";

/** More events than this behind the snapshot are not brought along: read them in pages. */
const TAIL_EVENTS_MAX = 1_000;

/**
 * All that the answer about an account (`$1`) at a place is made of, in one statement: one round trip, and one snapshot of the database, for
 * which several statements need a REPEATABLE READ transaction. `visible` is a condition over the account's first event, as `e`; no row: it
 * does not hold. Only what was asked about comes with its metadata; the events behind the snapshot with what a fold reads.
 */
export function asOfSql(kind: keyof typeof places, finding: Finding, visible: string): string {
  const { pin } = places[kind];
  return `
with recursive pin as materialized (${pin}),${foundSql(kind, finding)}
select ${storedEventColumns},
  ${isLastSql(places[kind])} as "isLast",
  (select ${pinJson("p")} from pin p) as pin, ${pinOf("v.version - 1")} as previous, ${pinOf("v.version + 1")} as next,
  (select nullif(greatest(h.recorded_at, g.not_before), '-infinity') from log_gate g
     left join lateral (select e.recorded_at from events e order by e.position desc limit 1) h on true) as "finalBefore",
  json_build_object(
    'reached', coalesce((select c.position from projection_checkpoints c where c.name = 'account_entries'), 0)::text,
    'held', (select k.version from parked_accounts k where k.reader = 'account_entries' and k.account_id = $1),
    'balance', (select a.balance::text from account_entries a where a.account_id = $1 and a.version = v.version)) as entries,
  to_jsonb(n) as snapshot,
  ${eventsToFold("v.version", { limit: TAIL_EVENTS_MAX })} as tail
from (select e.version from events e where e.stream_id = $1 and e.version = 1 and ${visible}) seen
cross join lateral (select coalesce((select f.version from found f), 0) as version) v
left join events e on e.stream_id = $1 and e.version = v.version
${snapshotBefore("v.version")}`;
}

function foundSql(kind: keyof typeof places, finding: Finding): string {
  const { past, notAfter } = places[kind];
  if (notAfter === null) return "found as (select e.version from events e where e.stream_id = $1 and e.version = $2)";
  if (finding === "search") return versionSearchSql({ past, notAfter });
  return `found as materialized (select x.version from account_entries x where x.account_id = $1 and x.recorded_at <= ${notAfter}
    and x.version between 0 and 2147483646 order by x.recorded_at desc, x.version desc limit 1)`;
}

/** The event at the version lies at or before the place, and the one after it does not: by the log's own rows. */
function isLastSql({ past, notAfter }: (typeof places)[keyof typeof places]): string {
  if (notAfter === null) return "true";
  return `(v.version = 0 or coalesce(not ${past}, false))
    and not exists (select from events e where e.stream_id = $1 and e.version = v.version + 1 and not ${past})`;
}

const pinJson = (event: string) => `json_build_array(${event}.position::text, encode(${event}.hash, 'hex'))`;

const pinOf = (version: string) => `(select ${pinJson("e")} from events e where e.stream_id = $1 and e.version = ${version})`;
