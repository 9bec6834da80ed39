import type pg from "pg";
import { accountFoldRevision, evolve, type OpenedAccount, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { readStream } from "../event-log/read";
import type { LogEvent, StoredEvent } from "../event-log/stored-event";
import { snapshotChecksum } from "./checksum";
import { newestSnapshot } from "./read-snapshot";
import { snapshotOf } from "./snapshot-state";

export const SNAPSHOT_EVERY = 100;
const eventsPerPage = 2_000;

/**
 * One more reader of the log: writes the state at every 100th version of each account, beside the command path, and keeps them all.
 * A cache only: without any snapshot every answer is the same, and slower.
 */
export const snapshotter = {
  name: "snapshots",
  revision: accountFoldRevision,
  async apply(client: pg.PoolClient, events: readonly LogEvent[]): Promise<void> {
    for (const [streamId, { first, last }] of versionsIn(events)) {
      const lastDue = last - (last % SNAPSHOT_EVERY);
      if (lastDue >= first) await writeSnapshots(client, streamId, first, lastDue);
    }
  },
  async clear(client: pg.PoolClient): Promise<void> {
    await client.query("delete from snapshots where revision = $1", [accountFoldRevision]); // those of other folds are history
  },
};

function versionsIn(events: readonly LogEvent[]): Map<AccountId, { first: number; last: number }> {
  const versions = new Map<AccountId, { first: number; last: number }>();
  for (const { streamId, version } of events)
    versions.set(streamId, { first: versions.get(streamId)?.first ?? version, last: version });
  return versions;
}

async function writeSnapshots(client: pg.PoolClient, streamId: AccountId, first: number, lastDue: number): Promise<void> {
  let { account, version } = (await newestSnapshot(client, streamId, first - 1)) ?? { account: unopened, version: 0 };
  while (version < lastDue) {
    const page = await readStream(client, streamId, { fromVersion: version + 1, toVersion: lastDue, limit: eventsPerPage });
    if (page.length === 0) throw new Error(`${streamId} ends at ${version}, before ${lastDue}`);
    const due: object[] = [];
    for (const stored of page) {
      account = evolve(account, stored.event);
      version = stored.version;
      if (version % SNAPSHOT_EVERY === 0 && version >= first && account.status !== "unopened") {
        due.push(rowOf(stored, account));
      }
    }
    await client.query(insertSql, [streamId, accountFoldRevision, JSON.stringify(due)]);
  }
}

function rowOf({ streamId, version, position, recordedAt, hash: eventHash }: StoredEvent, account: OpenedAccount): object {
  const state = snapshotOf(account);
  const checksum = snapshotChecksum({ streamId, version, revision: accountFoldRevision, position, state, eventHash });
  return { version, position: position.toString(), recordedAt, state, checksum: checksum.toString("hex") };
}

const insertSql = `
insert into snapshots (stream_id, version, revision, position, recorded_at, state, checksum)
select $1, x.version, $2, x.position, x."recordedAt", x.state, decode(x.checksum, 'hex')
  from json_to_recordset($3) as x(version int, position bigint, "recordedAt" timestamptz, state jsonb, checksum text)
on conflict do nothing`;
