import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import type { LogReader, Projector } from "../log-reader";
import { logReaders } from "../registry";
import { createWake } from "../wake";
import { carryOut } from "./carry-out";
import { dropLeftover } from "./leftover";
import { requestFor } from "./requests";
import { goingOn, type Rebuild, readRebuild } from "./state";

const pollMs = 1_000;
const backOffMsMax = 30_000;

/** Carries out, in this process and one after another, the rebuilds that people ask for, until the runtime closes. */
export function startRebuilder(runtime: Runtime, readers: readonly LogReader[] = logReaders): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const wake = createWake();
  const loop = (async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await carryOutAll(runtime, readers, stopping.signal);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        logger.warn({ err: error, failures }, "rebuild held: it goes on where it was");
      }
      await wake.sleep(Math.min(pollMs * 2 ** failures, backOffMsMax));
    }
  })();
  async function stop(): Promise<void> {
    stopping.abort();
    wake.wake();
    await loop;
  }
  runtime.onClose(stop);
  return { stop };
}

/** Everything that goes on and that no other process is at; of cancelled ones, what they left. */
export async function carryOutAll(runtime: Projector, readers: readonly LogReader[], signal: AbortSignal): Promise<void> {
  const { rows } = await runtime.pools.projector.query<Pick<Rebuild, "projection" | "status">>(
    "select projection, status from rebuilds where status = any($1)",
    [[...goingOn, "cancelled"]],
  );
  const statusOf = new Map(rows.map(({ projection, status }) => [projection, status]));
  for (const reader of readers) {
    const { name, beside } = reader;
    const status = statusOf.get(name);
    if (!beside || !status || signal.aborted) continue;
    if (status === "cancelled") await dropLeftover(runtime.pools.projector, { name, beside }, { lockMsMax: 150 });
    else await carryOut(runtime, reader, { signal });
  }
}

/**
 * A read model that an older fold made is made anew by this build's, beside it. Asked for once: where somebody cancelled it, went back, or has to look
 * at how it ended, it waits.
 */
export async function requestForNewFold(runtime: Pick<Projector, "pools">, reader: LogReader): Promise<void> {
  const last = await readRebuild(runtime.pools.projector, reader.name);
  if (!last || !waits(last, reader.revision)) await requestFor(runtime, reader, { askedBy: "a new revision of the fold" });
}

function waits(last: Rebuild, revision: number): boolean {
  if (goingOn.includes(last.status)) return true;
  if (last.status === "rolled_back") return (last.keptRevision ?? 0) >= revision; // it is this very fold that somebody went back from
  return last.revision === revision && last.status !== "swapped";
}
