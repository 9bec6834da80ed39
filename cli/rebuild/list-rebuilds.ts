import { isUnreadableRow, readableOnly, type UnreadableRow } from "@/infra/rows/unreadable-row";
import type { Runtime } from "@/infra/runtime";
import { namesIn } from "@/projections/rebuild-beside/named";
import { type Rebuild, rebuildsUnderWay } from "@/projections/rebuild-beside/state";

/** The last rebuild of each read model, a line each. */
export async function listRebuilds({ pool }: Pick<Runtime, "pool">): Promise<number> {
  const rebuilds = await rebuildsUnderWay(pool);
  const nameOf = await namesIn(pool, readableOnly(rebuilds));
  for (const rebuild of rebuilds) console.log(isUnreadableRow(rebuild) ? unreadable(rebuild) : lineOf(rebuild, nameOf));
  if (rebuilds.length === 0) console.log("No read model was ever made anew.");
  return 0;
}

const unreadable = ({ id, column }: UnreadableRow) =>
  `${id}: this row cannot be shown, since its ${column} holds what Daybook never writes`;

function lineOf(
  { projection, status, done, target, fault, keptPosition, ...rebuild }: Rebuild,
  nameOf: (id: string) => string,
): string {
  const named = (id: string) => (nameOf(id) === id ? id : `${nameOf(id)} (${id})`);
  const { askedBy, askedAgainBy, startedAt, endedBy, finishedAt } = rebuild;
  const at = finishedAt === null ? "" : ` at ${finishedAt.toISOString()}`;
  return [
    `${projection}: ${status}${endedBy === null ? "" : ` by ${named(endedBy)}${at}`}`,
    `${done} of ${target} events`,
    `asked for by ${named(askedBy)} at ${startedAt.toISOString()}`,
    ...(askedAgainBy === null ? [] : [`again by ${named(askedAgainBy)}`]),
    `${keptPosition === null ? "no earlier one kept" : `the one before kept at ${keptPosition}`}${fault === null ? "" : `: ${fault}`}`,
  ].join(", ");
}
