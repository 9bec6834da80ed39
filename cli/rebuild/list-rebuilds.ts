import { userNames } from "@/infra/identity/people";
import type { Runtime } from "@/infra/runtime";
import { handsIn, type Rebuild, rebuildsUnderWay } from "@/projections/rebuild-beside/state";

/** The last rebuild of each read model, a line each. */
export async function listRebuilds({ pool }: Pick<Runtime, "pool">): Promise<number> {
  const rebuilds = await rebuildsUnderWay(pool);
  const names = await userNames(pool, rebuilds.flatMap(handsIn));
  for (const rebuild of rebuilds) console.log(lineOf(rebuild, names));
  if (rebuilds.length === 0) console.log("No read model was ever made anew.");
  return 0;
}

function lineOf(
  { projection, status, done, target, fault, keptPosition, ...rebuild }: Rebuild,
  names: ReadonlyMap<string, string>,
): string {
  const named = (id: string) => (names.has(id) ? `${names.get(id)} (${id})` : id);
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
