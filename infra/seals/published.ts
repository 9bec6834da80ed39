import type { ConsistencyProof, InclusionProof } from "./proofs";
import { type Seal, sealLine } from "./seal";
import type { SealKey } from "./seal-key";

// What outsiders check without trusting this bank. Digits and hex only: no number, no key but the public one.

/**
 * `seals`: the exact lines of the seal file, signed text and signature. `next`: pass it as `after`; null at the end. One more than `limit` where it is over
 * the same events as the one before, since `after` cannot part them; so pass two more.
 */
export function publishedSeals(key: SealKey, seals: readonly Seal[], limit: number) {
  const page = seals.slice(0, seals[limit]?.size === seals[limit - 1]?.size ? limit + 1 : limit);
  return {
    keyId: key.id,
    publicKey: key.publicKey.export({ format: "pem", type: "spki" }),
    seals: page.map(sealLine),
    next: seals.length > page.length ? (page.at(-1)?.size.toString() ?? null) : null,
  };
}

/** RFC 6962 §2.1.2, nodes as hex. */
export function publishedConsistency({ older, newer, path }: ConsistencyProof) {
  return { older: sealLine(older), newer: sealLine(newer), path: path.map((node) => node.toString("hex")) };
}

/** RFC 6962 §2.1.1. `leaf`: the text whose hash is the leaf, after a zero byte; event n is leaf n - 1. */
export function publishedInclusion({ leaf, index, path, seal }: InclusionProof) {
  return { leaf, index: index.toString(), path: path.map((node) => node.toString("hex")), seal: sealLine(seal) };
}
