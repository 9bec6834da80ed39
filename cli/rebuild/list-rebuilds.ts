import type { Runtime } from "@/infra/runtime";
import { rebuildsUnderWay } from "@/projections/rebuild-beside/state";

/** The last rebuild of each read model, a line each. */
export async function listRebuilds({ pool }: Pick<Runtime, "pool">): Promise<number> {
  const rebuilds = await rebuildsUnderWay(pool);
  for (const { projection, status, done, target, startedAt, askedBy, fault, keptPosition } of rebuilds) {
    const kept = keptPosition === null ? "" : `, the one before kept at ${keptPosition}`;
    console.log(
      `${projection}: ${status}, ${done} of ${target} events, asked for by ${askedBy} at ${startedAt.toISOString()}${kept}${fault === null ? "" : `: ${fault}`}`,
    );
  }
  if (rebuilds.length === 0) console.log("No read model was ever made anew.");
  return 0;
}
