import type pg from "pg";
import { type Account, accountFoldRevision, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { readStream } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import { accountFromSnapshot, snapshotOf } from "./snapshot-state";

export const SNAPSHOT_EVERY = 100;
const eventsPerPage = 2_000;

/**
 * One more reader of the log: writes the state at every 100th version of each account, beside the command path, and keeps them all.
 * A cache only: without any snapshot every answer is the same, and slower.
 */
export const snapshotter = {
  name: "snapshots",
  revision: accountFoldRevision,
  async apply(client: pg.PoolClient, events: readonly StoredEvent[]): Promise<void> {
    for (const [streamId, { first, last }] of versionsIn(events)) {
      const lastDue = last - (last % SNAPSHOT_EVERY);
      if (lastDue >= first) await writeSnapshots(client, streamId, first, lastDue);
    }
  },
  async clear(client: pg.PoolClient): Promise<void> {
    await client.query("delete from snapshots where revision = $1", [accountFoldRevision]); // those of other folds are history
  },
};

function versionsIn(events: readonly StoredEvent[]): Map<AccountId, { first: number; last: number }> {
  const versions = new Map<AccountId, { first: number; last: number }>();
  for (const { streamId, version } of events)
    versions.set(streamId, { first: versions.get(streamId)?.first ?? version, last: version });
  return versions;
}

async function writeSnapshots(client: pg.PoolClient, streamId: AccountId, first: number, lastDue: number): Promise<void> {
  const { rows } = await client.query<{ version: number; state: unknown }>(
    "select version, state from snapshots where stream_id = $1 and revision = $2 and version < $3 order by version desc limit 1",
    [streamId, accountFoldRevision, first],
  );
  let account: Account = rows[0] ? accountFromSnapshot(rows[0].state) : unopened;
  let version = rows[0]?.version ?? 0;
  while (version < lastDue) {
    const page = await readStream(client, streamId, { fromVersion: version + 1, toVersion: lastDue, limit: eventsPerPage });
    if (page.length === 0) throw new Error(`${streamId} ends at ${version}, before ${lastDue}`);
    const due: object[] = [];
    for (const stored of page) {
      account = evolve(account, stored.event);
      version = stored.version;
      if (version % SNAPSHOT_EVERY === 0 && version >= first && account.status !== "unopened") {
        due.push({ version, position: stored.position.toString(), recordedAt: stored.recordedAt, state: snapshotOf(account) });
      }
    }
    await client.query(insertSql, [streamId, accountFoldRevision, JSON.stringify(due)]);
  }
}

const insertSql = `
insert into snapshots (stream_id, version, revision, position, recorded_at, state)
select $1, x.version, $2, x.position, x."recordedAt", x.state
  from json_to_recordset($3) as x(version int, position bigint, "recordedAt" timestamptz, state jsonb)
on conflict do nothing`;
