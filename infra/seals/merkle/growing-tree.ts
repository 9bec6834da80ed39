import { emptyRoot, nodeHash } from "./hashes";
import type { Subtree } from "./ranges";

/** A tree in memory that only grows: it keeps the roots of the complete subtrees that its leaves make up, at most one a level. */
export type GrowingTree = {
  readonly size: bigint;
  /** Adds the next leaf. `onSubtree` is told every subtree of more than one leaf that it completes, smallest first. */
  push(leaf: Buffer): void;
  root(): Buffer;
  /** What a tree that goes on from here starts with. */
  peaks(): readonly { level: number; root: Buffer }[];
};

/** Starts empty, or with complete subtrees from the left, largest first, that a smaller tree is made of. */
export function growingTree(
  onSubtree: (subtree: Subtree, root: Buffer) => void = () => {},
  start: readonly { level: number; root: Buffer }[] = [],
): GrowingTree {
  const stack = [...start];
  let size = start.reduce((sum, { level }) => sum + (1n << BigInt(level)), 0n);
  return {
    get size() {
      return size;
    },
    push(leaf) {
      let top = { level: 0, root: leaf };
      size += 1n;
      for (let left = stack.at(-1); left?.level === top.level; left = stack.at(-1)) {
        stack.pop();
        top = { level: top.level + 1, root: nodeHash(left.root, top.root) };
        onSubtree({ level: top.level, index: (size >> BigInt(top.level)) - 1n }, top.root);
      }
      stack.push(top);
    },
    peaks: () => [...stack],
    root() {
      const [last, ...others] = stack.toReversed();
      return last ? others.reduce((hash, { root }) => nodeHash(root, hash), last.root) : emptyRoot;
    },
  };
}

/** The complete subtrees from the left, largest first, that a tree of `size` leaves is made of: one for each one in the binary size. */
export function peaksOf(size: bigint): Subtree[] {
  const peaks: Subtree[] = [];
  let from = 0n;
  for (let level = size.toString(2).length - 1; level >= 0; level--) {
    if (((size >> BigInt(level)) & 1n) === 0n) continue;
    peaks.push({ level, index: from >> BigInt(level) });
    from += 1n << BigInt(level);
  }
  return peaks;
}
