import { nodeHash } from "./hashes";

/** Whether the path leads from a leaf's hash to the root of a tree of `size` leaves (RFC 9162 §2.1.3.2). */
export function provesInclusion(
  { leaf, index, size, root }: { leaf: Buffer; index: bigint; size: bigint; root: Buffer },
  path: readonly Buffer[],
): boolean {
  if (index < 0n || index >= size) return false;
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const other of path) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = nodeHash(other, hash);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = nodeHash(hash, other);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && hash.equals(root);
}

type Head = { size: bigint; root: Buffer };

/** Whether the path shows that the newer tree begins with all of the older one's leaves (RFC 9162 §2.1.4.2). */
export function provesConsistency(older: Head, newer: Head, path: readonly Buffer[]): boolean {
  if (older.size < 1n || older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && older.root.equals(newer.root);
  const isPowerOfTwo = (older.size & (older.size - 1n)) === 0n;
  const [first, ...rest] = isPowerOfTwo ? [older.root, ...path] : path;
  if (!first) return false;
  let [node, last] = [older.size - 1n, newer.size - 1n];
  while (node % 2n === 1n) [node, last] = [node >> 1n, last >> 1n];
  let [oldHash, newHash] = [first, first];
  for (const other of rest) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      oldHash = nodeHash(other, oldHash);
      newHash = nodeHash(other, newHash);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      newHash = nodeHash(newHash, other);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && oldHash.equals(older.root) && newHash.equals(newer.root);
}
