import fc from "fast-check";
import { expect, test } from "vitest";
import { provesConsistency, provesInclusion } from "./check-proof";
import { growingTree, peaksOf } from "./growing-tree";
import { emptyRoot, leafHash, nodeHash } from "./hashes";
import { consistencyRanges, inclusionRanges, type Range, splitOf } from "./ranges";
import vectors from "./rfc6962.vectors.json";

const bytes = (hex: string) => Buffer.from(hex, "hex");
const given = vectors.leaves.map((leaf) => leafHash(bytes(leaf)));
const leaves = (count: number) => Array.from({ length: count }, (_, i) => leafHash(`leaf ${i}`));

/** RFC 6962 §2.1, word for word. */
function treeHash(of: readonly Buffer[], { from, to }: Range = { from: 0n, to: BigInt(of.length) }): Buffer {
  if (to === from) return emptyRoot;
  if (to - from === 1n) return of[Number(from)] ?? emptyRoot;
  const middle = from + splitOf(to - from);
  return nodeHash(treeHash(of, { from, to: middle }), treeHash(of, { from: middle, to }));
}

test.each(vectors.roots.map((root, size) => [size, root] as const))("the golden root of %d leaves stands", (size, root) => {
  const tree = growingTree();
  for (const leaf of given.slice(0, size)) tree.push(leaf);
  expect(tree.root().toString("hex")).toBe(root);
  expect(treeHash(given.slice(0, size)).toString("hex")).toBe(root);
});

test.each(vectors.inclusion)("the golden path of leaf $index in $size stands", ({ index, size, path }) => {
  const ranges = inclusionRanges(BigInt(index), BigInt(size));
  expect(ranges.map((range) => treeHash(given, range).toString("hex"))).toEqual(path);
});

test.each(vectors.consistency)("the golden proof from $older to $size leaves stands", ({ older, size, path }) => {
  const ranges = consistencyRanges(BigInt(older), BigInt(size));
  expect(ranges.map((range) => treeHash(given, range).toString("hex"))).toEqual(path);
});

test("every proof of small trees proves, and nothing else does", () => {
  const all = leaves(33);
  for (let size = 1; size <= 33; size++) {
    const root = treeHash(all.slice(0, size));
    for (let i = 0; i < size; i++) {
      const path = inclusionRanges(BigInt(i), BigInt(size)).map((range) => treeHash(all, range));
      const claim = { leaf: all[i] ?? emptyRoot, index: BigInt(i), size: BigInt(size), root };
      expect(provesInclusion(claim, path)).toBe(true);
      expect(provesInclusion({ ...claim, leaf: leafHash("another") }, path)).toBe(false);
      expect(provesInclusion({ ...claim, root: emptyRoot }, path)).toBe(false);
      expect(provesInclusion(claim, [...path, root])).toBe(false);
      if (path.length > 0) expect(provesInclusion(claim, path.slice(1))).toBe(false);
      const older = { size: BigInt(i + 1), root: treeHash(all.slice(0, i + 1)) };
      const proof = consistencyRanges(older.size, BigInt(size)).map((range) => treeHash(all, range));
      expect(provesConsistency(older, { size: BigInt(size), root }, proof), `${i + 1} to ${size}`).toBe(true);
      expect(provesConsistency({ ...older, root: emptyRoot }, { size: BigInt(size), root }, proof)).toBe(false);
      expect(provesConsistency(older, { size: BigInt(size), root }, [...proof, root])).toBe(false);
    }
  }
});

test("a tree that goes on from the subtrees of a smaller one has the same root", () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (before, after) => {
      const all = leaves(before + after);
      const start = peaksOf(BigInt(before)).map(({ level, index }) => {
        const range = { from: index << BigInt(level), to: (index + 1n) << BigInt(level) };
        return { level, root: treeHash(all, range) };
      });
      const tree = growingTree(({ level, index }, root) => {
        const range = { from: index << BigInt(level), to: (index + 1n) << BigInt(level) };
        expect(root.equals(treeHash(all, range))).toBe(true);
      }, start);
      for (const leaf of all.slice(before)) tree.push(leaf);
      expect(tree.size).toBe(BigInt(before + after));
      expect(tree.root().equals(treeHash(all))).toBe(true);
    }),
    { numRuns: 40 },
  );
});
