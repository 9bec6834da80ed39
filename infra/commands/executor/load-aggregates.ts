import { type Account, accountFoldRevision, evolve, unopened } from "@/domain/account/account";
import { type AccountId, eventName } from "@/domain/ids";
import type { LogEnd } from "@/infra/event-log/append";
import { decodeEvent } from "@/infra/event-log/codec/account-codec";
import { noHash } from "@/infra/event-log/hash";
import { type DataKey, unwrapKey } from "@/infra/personal-text/keys";
import type { Db } from "@/infra/postgres/connect";
import { believed, type SnapshotRow, snapshotColumns } from "@/infra/snapshots/read-snapshot";
import { stateAt } from "@/infra/time-travel/state-at";
import { type RecordedCommand, type RecordedCommandRow, recordedCommand, recordedCommandColumns } from "../recorded-command";
import type { Aggregate } from "./aggregate-cache";

type TailEvent = [type: string, schemaVersion: number, data: unknown];
type StreamRow = {
  id: AccountId;
  snapshot: SnapshotRow | null;
  known: number | null;
  version: number;
  hash: string | null;
  key: string | null;
  wrapped: string | null;
  tail: TailEvent[] | null;
};

// One statement, so one snapshot: the states and the known commands are of the same moment. Newest usable snapshot, or what the process
// knew last where that is newer, + later events.
const loadSql = `
select (select json_agg(s) from (
    select i.id, to_jsonb(n) as snapshot, coalesce(h.version, 0) as version, encode(h.hash, 'hex') as hash, k.key_id as key, encode(k.wrapped, 'hex') as wrapped,
      b.version as known,
      (select json_agg(json_build_array(e.type, e.schema_version, e.data) order by e.version)
         from events e where e.stream_id = i.id and e.version > coalesce(n.version, b.version, 0)) as tail
    from unnest($1::text[], $5::int[], $6::bytea[]) i(id, version, hash)
    left join lateral (select e.version, e.hash from events e where e.stream_id = i.id order by e.version desc limit 1) h on true
    left join lateral (select e.version from events e where e.stream_id = i.id and e.version = i.version and e.hash = i.hash) b on true
    left join lateral (select ${snapshotColumns} from snapshots s
      where s.stream_id = i.id and s.revision = $2 and s.version <= h.version and s.version > coalesce(b.version, 0) order by s.version desc limit 1) n on true
    left join account_keys k on k.stream_id = i.id) s) as streams,
  (select json_agg(c) from (select ${recordedCommandColumns} from commands c
     join unnest($3::text[], $4::text[]) a(actor, id) on c.actor = a.actor and c.id = a.id) c) as known,
  (select json_build_object('position', e.position::text, 'hash', encode(e.hash, 'hex')) from events e order by e.position desc limit 1) as "end",
  clock_timestamp() as clock`;

export type Loaded = { aggregates: Map<AccountId, Aggregate>; known: RecordedCommand[]; end: LogEnd | null; clock: Date };

type LoadedRow = {
  streams: StreamRow[] | null;
  known: RecordedCommandRow[] | null;
  end: { position: string; hash: string } | null;
  clock: Date;
};

/** What the process knows of an account before it is loaded: a state that it had, and the first version that nobody vouches for. */
type Beforehand = {
  known?: (id: AccountId) => Aggregate | undefined;
  doubtedFrom?: (id: AccountId) => number | undefined;
};

/**
 * Loads accounts as they stand, and the commands among `asked` that were decided before, in one round trip. A state that is `known` of an
 * account saves the events before it, if the log still has the event that it stands on. Of an account under review nothing is
 * decided but who may ask: its events from the doubted one on are not read, since they may be unreadable.
 */
export async function loadAggregates(
  db: Db,
  masterKey: Buffer,
  ids: readonly AccountId[],
  asked: readonly { actor: string; id: string }[],
  { known = () => undefined, doubtedFrom = () => undefined }: Beforehand = {},
): Promise<Loaded> {
  const bases = ids.map(known);
  const { rows } = await db.query<LoadedRow>({
    name: "load_aggregates",
    text: loadSql,
    values: [
      ids,
      accountFoldRevision,
      asked.map((a) => a.actor),
      asked.map((a) => a.id),
      bases.map((base) => base?.version ?? null),
      bases.map((base) => base?.hash ?? null),
    ],
  });
  const row = rows[0];
  if (!row) throw new Error("load_aggregates answered nothing");
  const aggregates = new Map<AccountId, Aggregate>();
  for (const stream of row.streams ?? [])
    aggregates.set(stream.id, {
      account: await accountOf(db, stream, { base: known(stream.id), doubted: doubtedFrom(stream.id) }),
      version: stream.version,
      hash: stream.hash === null ? noHash : Buffer.from(stream.hash, "hex"),
      key: dataKey(stream, masterKey),
    });
  return {
    aggregates,
    known: (row.known ?? []).map(recordedCommand),
    end: row.end && { position: BigInt(row.end.position), hash: Buffer.from(row.end.hash, "hex") },
    clock: row.clock,
  };
}

type Start = { base: Aggregate | undefined; doubted: number | undefined };

async function accountOf(db: Db, row: StreamRow, { base, doubted }: Start): Promise<Account> {
  const { id, version, snapshot, known, tail } = row;
  const start = snapshot ? believed(id, snapshot) : known === null ? unopened : base?.account;
  const upTo = doubted === undefined ? version : Math.min(version, doubted - 1);
  if (!start) return (await stateAt(db, id, upTo)).account; // the same events as in the statement above: they cannot change
  let account = start;
  let reached = snapshot?.version ?? known ?? 0;
  for (const [type, schemaVersion, data] of tail ?? []) {
    if (reached >= upTo) break;
    reached += 1; // versions have no gap, or the account is under review
    account = evolve(account, decodeEvent(type, schemaVersion, data, eventName(id, reached)));
  }
  return account;
}

function dataKey({ key, wrapped }: StreamRow, masterKey: Buffer): DataKey | null {
  return key === null || wrapped === null ? null : unwrapKey(masterKey, key, Buffer.from(wrapped, "hex"));
}
