import { accountFoldRevision, evolve, unopened } from "@/domain/account/account";
import { type AccountId, eventName } from "@/domain/ids";
import type { LogEnd } from "@/infra/event-log/append";
import { decodeEvent } from "@/infra/event-log/codec/account-codec";
import { noHash } from "@/infra/event-log/hash";
import { type DataKey, unwrapKey } from "@/infra/personal-text/keys";
import type { Db } from "@/infra/postgres/connect";
import { accountFromSnapshot } from "@/infra/snapshots/snapshot-state";
import { type RecordedCommand, type RecordedCommandRow, recordedCommand, recordedCommandColumns } from "../recorded-command";
import type { Aggregate } from "./aggregate-cache";

type TailEvent = [type: string, schemaVersion: number, data: unknown];
type StreamRow = {
  id: AccountId;
  state: unknown;
  version: number;
  hash: string | null;
  key: string | null;
  wrapped: string | null;
  tail: TailEvent[] | null;
};

// One statement, so one snapshot: the states and the known commands are of the same moment. Newest usable snapshot + later events.
const loadSql = `
select (select json_agg(s) from (
    select i.id, n.state, coalesce(h.version, 0) as version, encode(h.hash, 'hex') as hash, k.key_id as key, encode(k.wrapped, 'hex') as wrapped,
      (select json_agg(json_build_array(e.type, e.schema_version, e.data) order by e.version)
         from events e where e.stream_id = i.id and e.version > coalesce(n.version, 0)) as tail
    from unnest($1::text[]) i(id)
    left join lateral (select e.version, e.hash from events e where e.stream_id = i.id order by e.version desc limit 1) h on true
    left join lateral (select p.version, p.state from snapshots p
      where p.stream_id = i.id and p.revision = $2 and p.version <= h.version order by p.version desc limit 1) n on true
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

/** Loads accounts as they stand, and the commands among `asked` that were decided before, in one round trip. */
export async function loadAggregates(
  db: Db,
  masterKey: Buffer,
  ids: readonly AccountId[],
  asked: readonly { actor: string; id: string }[],
): Promise<Loaded> {
  const { rows } = await db.query<LoadedRow>({
    name: "load_aggregates",
    text: loadSql,
    values: [ids, accountFoldRevision, asked.map((a) => a.actor), asked.map((a) => a.id)],
  });
  const row = rows[0];
  if (!row) throw new Error("load_aggregates answered nothing");
  return {
    aggregates: new Map((row.streams ?? []).map((stream) => [stream.id, aggregateFrom(stream, masterKey)])),
    known: (row.known ?? []).map(recordedCommand),
    end: row.end && { position: BigInt(row.end.position), hash: Buffer.from(row.end.hash, "hex") },
    clock: row.clock,
  };
}

function aggregateFrom(row: StreamRow, masterKey: Buffer): Aggregate {
  let account = row.state === null ? unopened : accountFromSnapshot(row.state);
  const tail = row.tail ?? [];
  const base = row.version - tail.length; // versions have no gap
  for (const [i, [type, schemaVersion, data]] of tail.entries())
    account = evolve(account, decodeEvent(type, schemaVersion, data, eventName(row.id, base + i + 1)));
  return {
    account,
    version: row.version,
    hash: row.hash === null ? noHash : Buffer.from(row.hash, "hex"),
    key: dataKey(row, masterKey),
  };
}

function dataKey({ key, wrapped }: StreamRow, masterKey: Buffer): DataKey | null {
  return key === null || wrapped === null ? null : unwrapKey(masterKey, key, Buffer.from(wrapped, "hex"));
}
