import { randomBytes } from "node:crypto";
import { accountFoldRevision } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { snapshotChecksum } from "../snapshots/checksum";

/** One snapshot to do harm to, and another account whose snapshots may be confused with it. */
type Victim = { streamId: AccountId; version: number; other: AccountId };

const change =
  (set: string) =>
  (db: Db, { streamId, version }: Victim) =>
    db.query(`update snapshots set ${set} where stream_id = $1 and revision = ${accountFoldRevision} and version = $2`, [
      streamId,
      version,
    ]);

/** What can happen to a cache that nobody guards: for tests, which must find that no answer changes. */
export const damages = new Map<string, (db: Db, victim: Victim) => Promise<unknown>>([
  [
    "deleted",
    (db, { streamId, version }) => db.query("delete from snapshots where stream_id = $1 and version = $2", [streamId, version]),
  ],
  ["another balance", change(`state = jsonb_set(state, '{balance}', '"999999999"')`)],
  ["closed", change(`state = jsonb_set(state, '{status}', '"closed"')`)],
  ["a field less", change("state = state - 'product'")],
  ["a field more", change(`state = state || '{"frozen":"yes"}'`)],
  ["a number for a balance", change(`state = jsonb_set(state, '{balance}', '7')`)],
  ["no object", change(`state = '"gone"'`)],
  ["null", change("state = 'null'")],
  ["a flipped bit in its checksum", change("checksum = set_byte(checksum, 5, get_byte(checksum, 5) # 1)")],
  ["no checksum at all", change("checksum = ''")],
  ["an earlier time", change("recorded_at = '2000-01-01T00:00:00Z'")],
  ["a later time", change("recorded_at = '2100-01-01T00:00:00Z'")],
  ["another position", change("position = position + 1")],
  ["what another account's row says", copied("s.stream_id = $3")],
  ["what a neighbouring row says", copied("s.stream_id = $1 and s.version <> $2")],
  [
    "of an older fold",
    (db, { streamId, version }) =>
      db.query(
        `update snapshots set revision = ${accountFoldRevision - 1}, state = jsonb_set(state, '{balance}', '"5"')
          where stream_id = $1 and revision = ${accountFoldRevision} and version = $2`,
        [streamId, version],
      ),
  ],
  ["beyond the log", beyondTheLog],
  ["of a history that a failover replaced", ofAnotherHistory],
]);

/** All that another row holds, its checksum too. */
function copied(from: "s.stream_id = $3" | "s.stream_id = $1 and s.version <> $2") {
  const sql = `update snapshots v set state = s.state, position = s.position, checksum = s.checksum
    from (select s.* from snapshots s where ${from} and $3::text is not null order by s.version limit 1) s
    where v.stream_id = $1 and v.revision = ${accountFoldRevision} and v.version = $2`;
  return (db: Db, { streamId, version, other }: Victim) => db.query(sql, [streamId, version, other]);
}

/** Sound in itself, but the log ends before it. */
async function beyondTheLog(db: Db, { streamId }: Victim): Promise<void> {
  const { rows } = await db.query<{ head: number }>("select max(version) as head from events where stream_id = $1", [streamId]);
  await write(db, streamId, (rows[0]?.head ?? 0) + 100, randomBytes(32));
}

/** Sound in itself, but made from an event with another hash. */
async function ofAnotherHistory(db: Db, { streamId, version }: Victim): Promise<void> {
  await write(db, streamId, version, randomBytes(32));
}

async function write(db: Db, streamId: AccountId, version: number, eventHash: Buffer): Promise<void> {
  const { rows } = await db.query<{ state: Record<string, unknown>; position: bigint }>(
    "select state, position from snapshots where stream_id = $1 and jsonb_typeof(state) = 'object' limit 1",
    [streamId],
  );
  const [model] = rows;
  if (!model) return; // nothing left to imitate
  const state = { ...model.state, balance: "424242" };
  const facts = { streamId, version, revision: accountFoldRevision, position: model.position, state, eventHash };
  await db.query("delete from snapshots where stream_id = $1 and version = $2", [streamId, version]);
  await db.query(
    `insert into snapshots (stream_id, version, revision, position, recorded_at, state, checksum)
     values ($1, $2, ${accountFoldRevision}, $3, now(), $4, $5)`,
    [streamId, version, model.position, JSON.stringify(state), snapshotChecksumOf(facts)],
  );
}

/** Of a state that may be damaged already. */
function snapshotChecksumOf(facts: Parameters<typeof snapshotChecksum>[0]): Buffer {
  try {
    return snapshotChecksum(facts);
  } catch {
    return randomBytes(32);
  }
}
