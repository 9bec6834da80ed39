import { createHash } from "node:crypto";
import { canonicalJson } from "../event-log/canonical-json";

/** A snapshot as its row has it, and the hash of the event that it stands on. */
export type SnapshotFacts = {
  streamId: string;
  version: number;
  revision: number;
  position: bigint;
  state: unknown;
  eventHash: Buffer;
};

/**
 * Ties a state to its place in one history: a row that was changed, moved to another account or version, or that outlived the events it was
 * made from (a failover) is recognised. It guards against accident, not against somebody who can compute it too: those `verify` finds.
 * @throws TypeError for a state that no snapshotter can have written.
 */
export function snapshotChecksum({ streamId, version, revision, position, state, eventHash }: SnapshotFacts): Buffer {
  const text = canonicalJson({
    format: "daybook.snapshot.1",
    streamId,
    version: version.toString(),
    revision: revision.toString(),
    position: position.toString(),
    state,
    eventHash: eventHash.toString("hex"),
  });
  return createHash("sha256").update(text, "utf8").digest();
}
