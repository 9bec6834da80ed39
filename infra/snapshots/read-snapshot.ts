import { type Account, accountFoldRevision } from "@/domain/account/account";
import { type AccountId, eventName } from "@/domain/ids";
import { logger } from "../logging/logger";
import type { Db } from "../postgres/connect";
import { snapshotChecksum } from "./checksum";
import { accountFromSnapshot } from "./snapshot-state";

export type Snapshot = { account: Account; version: number };

/** Hashes as hex: the same row comes alone, or inside JSON. `eventHash` null: the log has no such event. */
export type SnapshotRow = { version: number; position: string; state: unknown; checksum: string; eventHash: string | null };

const triesMax = 20; // then the fold starts at the first event: slow, and right

/** Select list over `snapshots s` that gives a `SnapshotRow`. */
export const snapshotColumns = `s.version, s.position::text as position, s.state, encode(s.checksum, 'hex') as checksum,
  (select encode(e.hash, 'hex') from events e where e.stream_id = s.stream_id and e.version = s.version) as "eventHash"`;

/** The newest snapshot at or before a version that can be believed. Undefined: fold from the first event. */
export async function newestSnapshot(db: Db, streamId: AccountId, version: number): Promise<Snapshot | undefined> {
  let notAfter = version;
  for (let tries = 0; tries < triesMax; tries++) {
    const { rows } = await db.query<SnapshotRow>({
      name: "newest_snapshot",
      text: `select ${snapshotColumns} from snapshots s where s.stream_id = $1 and s.revision = $2 and s.version <= $3
        order by s.version desc limit 1`,
      values: [streamId, accountFoldRevision, notAfter],
    });
    const [row] = rows;
    if (!row) return undefined;
    const account = believed(streamId, row);
    if (account) return { account, version: row.version };
    notAfter = row.version - 1;
  }
  return undefined;
}

/** The state in a snapshot; undefined, with a line in the process log, for one that is not what the snapshotter wrote about this history. */
export function believed(streamId: AccountId, row: SnapshotRow): Account | undefined {
  try {
    if (row.eventHash === null) throw new Error("the log has no event of its version");
    const { version, state } = row;
    const facts = { streamId, version, revision: accountFoldRevision, position: BigInt(row.position), state };
    const checksum = snapshotChecksum({ ...facts, eventHash: Buffer.from(row.eventHash, "hex") }).toString("hex");
    if (checksum !== row.checksum) throw new Error("its checksum is not that of its contents and its event");
    return accountFromSnapshot(state);
  } catch (err) {
    logger.error({ err, snapshot: eventName(streamId, row.version) }, "snapshot ignored: rebuild the snapshots");
    return undefined;
  }
}
