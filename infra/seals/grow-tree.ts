import type { Db } from "../postgres/connect";
import { growingTree, peaksOf } from "./merkle/growing-tree";
import type { Subtree } from "./merkle/ranges";
import { leavesPerBlock, rangeRoot, readLeaves, storedLevelMin } from "./stored-tree";

/**
 * Stores the subtrees that become complete between two sizes, and gives both roots. Reads the leaves from the last stored block on: what is
 * new, and at most 255 more, so that a history that was changed near its end shows in the old root.
 */
export async function growTree(db: Db, { size, to }: { size: bigint; to: bigint }): Promise<{ before: Buffer; after: Buffer }> {
  const from = size - (size % leavesPerBlock);
  const complete: (Subtree & { root: Buffer })[] = [];
  const peaks: { level: number; root: Buffer }[] = [];
  for (const peak of peaksOf(from)) peaks.push({ level: peak.level, root: await rangeRoot(db, leavesOf(peak)) });
  const tree = growingTree((subtree, root) => {
    if (subtree.level >= storedLevelMin) complete.push({ ...subtree, root });
  }, peaks);

  let before = tree.root();
  for (const leaf of await readLeaves(db, { from, to })) {
    tree.push(leaf);
    if (tree.size === size) before = tree.root();
  }
  await db.query(
    `insert into seal_subtrees (level, "index", root) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
     on conflict (level, "index") do update set root = excluded.root`,
    [complete.map(({ level }) => level), complete.map(({ index }) => index), complete.map(({ root }) => root)],
  );
  return { before, after: tree.root() };
}

function leavesOf({ level, index }: Subtree) {
  return { from: index << BigInt(level), to: (index + 1n) << BigInt(level) };
}
