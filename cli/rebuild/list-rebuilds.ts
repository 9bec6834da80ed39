import type { Runtime } from "@/infra/runtime";
import { type Rebuild, rebuildsUnderWay } from "@/projections/rebuild-beside/state";

/** The last rebuild of each read model, a line each. */
export async function listRebuilds({ pool }: Pick<Runtime, "pool">): Promise<number> {
  const rebuilds = await rebuildsUnderWay(pool);
  for (const rebuild of rebuilds) console.log(lineOf(rebuild));
  if (rebuilds.length === 0) console.log("No read model was ever made anew.");
  return 0;
}

function lineOf({ projection, status, done, target, fault, keptPosition, ...rebuild }: Rebuild): string {
  const { askedBy, askedAgainBy, startedAt, endedBy, finishedAt } = rebuild;
  const at = finishedAt === null ? "" : ` at ${finishedAt.toISOString()}`;
  return [
    `${projection}: ${status}${endedBy === null ? "" : ` by ${endedBy}${at}`}`,
    `${done} of ${target} events`,
    `asked for by ${askedBy} at ${startedAt.toISOString()}`,
    ...(askedAgainBy === null ? [] : [`again by ${askedAgainBy}`]),
    `${keptPosition === null ? "no earlier one kept" : `the one before kept at ${keptPosition}`}${fault === null ? "" : `: ${fault}`}`,
  ].join(", ");
}
