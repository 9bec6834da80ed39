import { leafHash } from "./merkle/hashes";

export type Leaf = { position: bigint; recordedAt: Date; hash: Buffer };

/** What the tree holds of an event, as RFC 8785 text: its place, its time, and the hash that covers the rest (DESIGN §3.9). Never changes. */
export function leafText({ position, recordedAt, hash }: Leaf): string {
  return `{"format":"daybook.leaf.1","hash":"${hash.toString("hex")}","position":"${position}","recordedAt":"${recordedAt.toISOString()}"}`;
}

export function hashLeaf(leaf: Leaf): Buffer {
  return leafHash(leafText(leaf));
}
