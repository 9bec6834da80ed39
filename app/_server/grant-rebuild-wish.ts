import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { isLockNotAvailable } from "@/projections/rebuild-beside/lock-not-available";
import { cancelRebuild, RebuildRefused, requestRebuild, rollBackRebuild } from "@/projections/rebuild-beside/requests";
import { type RebuildOffer, type RebuildWish, readModels, rebuildOffer } from "./rebuilds";
import { requestFacts } from "./request-facts";
import type { Viewer } from "./viewer";

export type AskedRebuild = {
  name: string;
  wish: RebuildWish;
  /** What the operator's page offered. */
  offer: RebuildOffer;
  workers?: number;
  eventsPerSecondMax: number | null;
  /** When what the operator looked at was written down. */
  seenAt?: Date;
};

const changedMeanwhile = "That is no longer to be done: something changed since this page was made. Look again.";

/** Asks for what an operator who has been checked wishes, and notes who did. Words: it cannot be done, and why; undefined: it is asked for. */
export async function grantRebuildWish({ actor }: Viewer, asked: AskedRebuild): Promise<string | undefined> {
  const model = (await readModels()).find(({ name }) => name === asked.name);
  if (!model?.wishes.includes(asked.wish)) return changedMeanwhile;
  // From a copy of an older page, "start" would take the brake off a rebuild that is under way.
  if (asked.wish === "rebuild" && rebuildOffer(model.last) !== asked.offer) return changedMeanwhile;
  try {
    if (!(await carryOut(actor.userId, asked))) return changedMeanwhile;
  } catch (error) {
    if (error instanceof RebuildRefused) return error.message;
    if (isLockNotAvailable(error))
      return `${asked.name} is busy, and stayed so for 15 seconds. Nothing was done: ask again in a moment.`;
    throw error;
  }
  const { address } = await requestFacts();
  const detail = { projection: asked.name, wish: asked.wish };
  await recordSecurityEvent(runtime().pools.identity, { kind: "rebuild_operated", actor, address, detail });
  return undefined;
}

/** False: there was nothing to do it to. */
async function carryOut(askedBy: string, { name, wish, workers, eventsPerSecondMax, seenAt }: AskedRebuild): Promise<boolean> {
  const seen = seenAt ? { seenAt } : {};
  if (wish === "cancel") return cancelRebuild(runtime(), name, { askedBy });
  if (wish === "roll-back") await rollBackRebuild(runtime(), name, { askedBy, ...seen });
  else if (wish === "accept") await requestRebuild(runtime(), name, { askedBy, accept: true, ...seen });
  else await requestRebuild(runtime(), name, { askedBy, eventsPerSecondMax, ...(workers !== undefined && { workers }) });
  return true;
}
