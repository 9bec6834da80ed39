import type { Db } from "../postgres/connect";
import { hashLeaf, leafText } from "./leaf";
import { provesConsistency, provesInclusion } from "./merkle/check-proof";
import { consistencyRanges, inclusionRanges, type Range } from "./merkle/ranges";
import type { Seal } from "./seal";
import { sealCovering, sealOfSize } from "./seal-rows";
import { rangeRoot } from "./stored-tree";

/** Leads from one event to a signed root: `leaf` is the text that was hashed, event n is leaf n - 1. */
export type InclusionProof = { leaf: string; index: bigint; path: Buffer[]; seal: Seal };

/** Undefined: no seal covers the event yet. @throws where log and seal disagree. */
export async function proveInclusion(
  db: Db,
  bookId: string,
  event: { position: bigint; recordedAt: Date; hash: Buffer },
): Promise<InclusionProof | undefined> {
  const seal = await sealCovering(db, bookId, event.position);
  if (!seal) return undefined;
  const index = event.position - 1n;
  const path = await rootsOf(db, inclusionRanges(index, seal.size));
  if (!provesInclusion({ leaf: hashLeaf(event), index, size: seal.size, root: seal.root }, path))
    throw new Error(`the event at position ${event.position} is not in the tree that was sealed over it: run verify`);
  return { leaf: leafText(event), index, path, seal };
}

/** Shows that a seal continues an older one. */
export type ConsistencyProof = { older: Seal; newer: Seal; path: Buffer[] };

/** Undefined: one of the two sizes was never sealed, or they are in the wrong order. @throws where log and seals disagree. */
export async function proveConsistency(db: Db, bookId: string, from: bigint, to: bigint): Promise<ConsistencyProof | undefined> {
  if (from > to) return undefined;
  const [older, newer] = [await sealOfSize(db, bookId, from), await sealOfSize(db, bookId, to)];
  if (!older || !newer) return undefined;
  const path = await rootsOf(db, consistencyRanges(from, to));
  if (!provesConsistency(older, newer, path))
    throw new Error(`the seal over ${to} events does not continue that over ${from}: run verify`);
  return { older, newer, path };
}

async function rootsOf(db: Db, ranges: readonly Range[]): Promise<Buffer[]> {
  const roots: Buffer[] = [];
  for (const range of ranges) roots.push(await rangeRoot(db, range));
  return roots;
}
