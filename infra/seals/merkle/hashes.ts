import { createHash } from "node:crypto";

// RFC 6962 §2.1: leaves and nodes are hashed with different first bytes, so that neither can pass for the other.
const leafPrefix = Buffer.of(0x00);
const nodePrefix = Buffer.of(0x01);

/** The root of a tree without leaves. */
export const emptyRoot: Buffer = createHash("sha256").digest();

export function leafHash(leaf: Buffer | string): Buffer {
  return createHash("sha256").update(leafPrefix).update(leaf).digest();
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash("sha256").update(nodePrefix).update(left).update(right).digest();
}
