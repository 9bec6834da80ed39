import type pg from "pg";
import { accountFoldRevision, evolve, type OpenedAccount } from "@/domain/account/account";
import { type AccountId, type EventName, eventName } from "@/domain/ids";
import type { LogEvent } from "../event-log/stored-event";
import { stateAt } from "../time-travel/state-at";
import { snapshotChecksum } from "./checksum";
import { snapshotOf } from "./snapshot-state";

export const SNAPSHOT_EVERY = 100;

/**
 * One more reader of the log: writes the state at every 100th version of each account, beside the command path, and keeps them all.
 * A cache only: without any snapshot every answer is the same, and slower.
 */
export const snapshotter = {
  name: "snapshots",
  revision: accountFoldRevision,
  async apply(client: pg.PoolClient, events: readonly LogEvent[]): Promise<void> {
    const due: Due[] = [];
    for (const ofStream of byStream(events)) due.push(...(await dueIn(client, ofStream)));
    if (due.length === 0) return;
    const hashes = await hashesOf(client, due);
    await client.query(insertSql, [accountFoldRevision, JSON.stringify(due.map((one) => rowOf(one, hashes)))]);
  },
  async clear(client: pg.PoolClient): Promise<void> {
    await client.query("delete from snapshots where revision = $1", [accountFoldRevision]); // those of other folds are history
  },
};

type Due = { stored: LogEvent; account: OpenedAccount };

function byStream(events: readonly LogEvent[]): Iterable<[LogEvent, ...LogEvent[]]> {
  const streams = new Map<AccountId, [LogEvent, ...LogEvent[]]>();
  for (const event of events) {
    const stream = streams.get(event.streamId);
    if (stream) stream.push(event);
    else streams.set(event.streamId, [event]);
  }
  return streams.values();
}

/** The states at every 100th version among one stream's next events. */
async function dueIn(client: pg.PoolClient, events: readonly [LogEvent, ...LogEvent[]]): Promise<Due[]> {
  const due: Due[] = [];
  const isDue = ({ version }: LogEvent) => version % SNAPSHOT_EVERY === 0;
  const [first] = events;
  const end = events.findLastIndex(isDue) + 1;
  if (end === 0) return due;
  let { account, version } = await stateAt(client, first.streamId, first.version - 1);
  for (const stored of events.slice(0, end)) {
    if (stored.version !== version + 1)
      throw new Error(`the log goes on with ${stored.streamId}@${stored.version} after ${version}`);
    account = evolve(account, stored.event);
    version = stored.version;
    if (isDue(stored) && account.status !== "unopened") due.push({ stored, account });
  }
  return due;
}

async function hashesOf(client: pg.PoolClient, due: readonly Due[]): Promise<ReadonlyMap<EventName, Buffer>> {
  const { rows } = await client.query<{ streamId: AccountId; version: number; hash: Buffer }>(
    `select e.stream_id as "streamId", e.version, e.hash from unnest($1::text[], $2::int[]) a(id, version)
       join lateral (select * from events e where e.stream_id = a.id and e.version = a.version limit 1) e on true`,
    [due.map(({ stored }) => stored.streamId), due.map(({ stored }) => stored.version)],
  );
  return new Map(rows.map(({ streamId, version, hash }) => [eventName(streamId, version), hash]));
}

function rowOf(
  { stored: { streamId, version, position, recordedAt }, account }: Due,
  hashes: ReadonlyMap<EventName, Buffer>,
): object {
  const eventHash = hashes.get(eventName(streamId, version));
  if (!eventHash) throw new Error(`the log has no ${eventName(streamId, version)}`);
  const state = snapshotOf(account);
  const checksum = snapshotChecksum({ streamId, version, revision: accountFoldRevision, position, state, eventHash });
  return { streamId, version, position: position.toString(), recordedAt, state, checksum: checksum.toString("hex") };
}

const insertSql = `
insert into snapshots (stream_id, version, revision, position, recorded_at, state, checksum)
select x."streamId", x.version, $1, x.position, x."recordedAt", x.state, decode(x.checksum, 'hex')
  from json_to_recordset($2) as x("streamId" text, version int, position bigint, "recordedAt" timestamptz, state jsonb, checksum text)
on conflict do nothing`;
