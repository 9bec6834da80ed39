import { isUnreadableRow, readableOnly, type UnreadableRow } from "@/infra/rows/unreadable-row";
import { runtime } from "@/infra/runtime";
import { namesIn } from "@/projections/rebuild-beside/named";
import { bytesOf } from "@/projections/rebuild-beside/room";
import { goingOn, type Rebuild, rebuildsUnderWay, resumable } from "@/projections/rebuild-beside/state";
import { projections } from "@/projections/registry";

/** What an operator may ask for of a read model. "rebuild" also goes on with one that was left, and changes the pace of one under way. */
export const rebuildWishes = ["rebuild", "accept", "cancel", "roll-back"] as const;
export type RebuildWish = (typeof rebuildWishes)[number];

/** `indexing`: the rows stand, and the indexes are made that folding does not need. `waiting`: level, and not swapped yet. */
export type RebuildPhase = "folding" | "indexing" | "comparing" | "waiting";

/** Who asked and who ended it, by name; `phase` null: it does not go on. */
export type LastRebuild = Omit<Rebuild, "projection"> & { phase: RebuildPhase | null };

/** A read model and its last rebuild, with what may be asked for now. `revision`: of this build's fold. `spoilt`: its last rebuild, where that cannot be shown. */
export type ReadModel = {
  name: string;
  revision: number;
  bytes: number;
  last: LastRebuild | undefined;
  spoilt: UnreadableRow | undefined;
  wishes: readonly RebuildWish[];
};

/** Whether it was left in the middle, and goes on there when it is asked for again. */
export function isLeft(last: LastRebuild | undefined): last is LastRebuild {
  return last?.status === "stopped" || last?.status === "failed";
}

/** What asking for a rebuild does now: begins one, goes on with one that was left, or changes the pace of one under way. */
export const rebuildOffers = ["start", "go_on", "pace"] as const;
export type RebuildOffer = (typeof rebuildOffers)[number];

export function rebuildOffer(last: LastRebuild | undefined): RebuildOffer {
  if (last?.phase) return "pace";
  return isLeft(last) ? "go_on" : "start";
}

/** Every read model that is made anew beside itself. For an operator who has been checked. */
export async function readModels(): Promise<readonly ReadModel[]> {
  const { pool } = runtime();
  const copied = projections.flatMap(({ name, revision, beside }) => (beside ? [{ name, revision, table: beside.table }] : []));
  const [rebuilds, bytes] = await Promise.all([
    rebuildsUnderWay(pool),
    bytesOf(
      pool,
      copied.map(({ table }) => table),
    ),
  ]);
  const readable = readableOnly(rebuilds);
  const nameOf = await namesIn(pool, readable);
  return copied.map(({ name, revision, table }) => {
    const found = readable.find(({ projection }) => projection === name);
    const spoilt = rebuilds.filter(isUnreadableRow).find(({ id }) => id === name);
    const last = found && { ...found, ...handsIn(found, nameOf), phase: phaseOf(found) };
    return { name, revision, bytes: bytes.get(table) ?? 0, last, spoilt, wishes: spoilt ? [] : wishesOf(found) };
  });
}

function handsIn({ askedBy, askedAgainBy, endedBy }: Rebuild, nameOf: (id: string) => string) {
  return { askedBy: nameOf(askedBy), askedAgainBy: askedAgainBy && nameOf(askedAgainBy), endedBy: endedBy && nameOf(endedBy) };
}

function phaseOf({ status, indexed, done, target }: Rebuild): RebuildPhase | null {
  if (status === "comparing") return "comparing";
  if (status === "level") return "waiting";
  if (status !== "running") return null;
  return !indexed && target > 0n && done >= target ? "indexing" : "folding";
}

function wishesOf(last: Rebuild | undefined): readonly RebuildWish[] {
  if (last?.status === "differs") return ["accept", "cancel"];
  if (last && goingOn.includes(last.status)) return last.purpose === "rebuild" ? ["rebuild", "cancel"] : ["cancel"];
  if (last && resumable.includes(last.status)) return ["rebuild", "cancel"];
  return last && last.keptPosition !== null ? ["rebuild", "roll-back"] : ["rebuild"];
}
