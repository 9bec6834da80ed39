/** Leaves `from` to `to` (not included), counted from 0. */
export type Range = { from: bigint; to: bigint };

/** A range that is a whole subtree: 2^level leaves, the first of them leaf index × 2^level. */
export type Subtree = { level: number; index: bigint };

/** The subtree that a range is, or undefined where it is a ragged one. Every range of RFC 6962 starts at a multiple of its split. */
export function subtreeOf({ from, to }: Range): Subtree | undefined {
  const leaves = to - from;
  if (leaves < 1n || (leaves & (leaves - 1n)) !== 0n) return undefined;
  const level = leaves.toString(2).length - 1;
  return from % leaves === 0n ? { level, index: from >> BigInt(level) } : undefined;
}

/** The largest power of two below n (RFC 6962 §2.1: k); n > 1. */
export function splitOf(n: bigint): bigint {
  return 1n << BigInt((n - 1n).toString(2).length - 1);
}

/** The ranges whose hashes prove that leaf `index` is in the tree of `size` leaves, from the leaf upwards (RFC 6962 §2.1.1). */
export function inclusionRanges(index: bigint, size: bigint): Range[] {
  const path: Range[] = [];
  let [from, to] = [0n, size];
  while (to - from > 1n) {
    const middle = from + splitOf(to - from);
    path.push(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return path.reverse();
}

/** The ranges whose hashes prove that the tree of `size` leaves continues the one of `older` leaves, 0 < older ≤ size (RFC 6962 §2.1.2). */
export function consistencyRanges(older: bigint, size: bigint): Range[] {
  const path: Range[] = [];
  let [from, to] = [0n, size];
  let oldIsWhole = true; // the old tree is all of what is looked at, and its root is known to whoever asks
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      path.push({ from: middle, to });
      to = middle;
    } else {
      path.push({ from, to: middle });
      from = middle;
      oldIsWhole = false;
    }
  }
  if (!oldIsWhole) path.push({ from, to });
  return path.reverse();
}
