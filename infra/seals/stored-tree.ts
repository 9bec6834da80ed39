import type { Db } from "../postgres/connect";
import { hashLeaf, type Leaf } from "./leaf";
import { growingTree } from "./merkle/growing-tree";
import { nodeHash } from "./merkle/hashes";
import { type Range, splitOf, subtreeOf } from "./merkle/ranges";

/** Subtrees of 2^8 = 256 leaves and more are stored: 0.8 % as many rows as events, and a proof reads at most 511 leaves. */
export const storedLevelMin = 8;
export const leavesPerBlock = 1n << BigInt(storedLevelMin);

/** The root of a range as RFC 6962 cuts them, from what is stored of the tree and from the log. Missing subtrees are made again. */
export async function rangeRoot(db: Db, range: Range): Promise<Buffer> {
  const { from, to } = range;
  if (to - from < leavesPerBlock) return rootOfLeaves(db, range);
  const subtree = subtreeOf(range);
  if (subtree) {
    const { rows } = await db.query<{ root: Buffer }>('select root from seal_subtrees where level = $1 and "index" = $2', [
      subtree.level,
      subtree.index,
    ]);
    if (rows[0]) return rows[0].root;
    if (to - from === leavesPerBlock) return rootOfLeaves(db, range);
  }
  const middle = from + splitOf(to - from);
  return nodeHash(await rangeRoot(db, { from, to: middle }), await rangeRoot(db, { from: middle, to }));
}

async function rootOfLeaves(db: Db, range: Range): Promise<Buffer> {
  const tree = growingTree();
  for (const leaf of await readLeaves(db, range)) tree.push(leaf);
  return tree.root();
}

/** Hashes of the leaves: event n is leaf n - 1. @throws where the log does not have them all. */
export async function readLeaves(db: Db, range: Range): Promise<Buffer[]> {
  return (await readLeafRows(db, range)).map(hashLeaf);
}

/** What the leaves are made of. @throws as `readLeaves`. */
export async function readLeafRows(db: Db, { from, to }: Range): Promise<Leaf[]> {
  const { rows } = await db.query<[bigint, Date, Buffer]>({
    text: "select e.position, e.recorded_at, e.hash from events e where e.position > $1 and e.position <= $2 order by e.position",
    values: [from, to],
    rowMode: "array",
  });
  if (BigInt(rows.length) !== to - from) throw new Error(`the log has ${rows.length} events after position ${from} up to ${to}`);
  return rows.map(([position, recordedAt, hash]) => ({ position, recordedAt, hash }));
}
