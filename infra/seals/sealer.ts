import { setTimeout as delay } from "node:timers/promises";
import { logger } from "../logging/logger";
import type { Runtime } from "../runtime";
import { sealOnce } from "./seal-once";

// An event waits for at most one pace and one look: sealed within 10 s, and at most 21,600 seals a day however many processes run.
const paceMs = 4_000;
const lookMs = 4_000;
const backOffMsMax = 60_000;

/** Seals the log in the background until the runtime closes; beside the command path, which never waits for it. */
export function startSealer(runtime: Runtime, file: string, times = { paceMs, lookMs }): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = follow(runtime, file, times, stopping.signal);
  async function stop(): Promise<void> {
    stopping.abort();
    await loop;
  }
  runtime.onClose(stop);
  return { stop };
}

type Times = { paceMs: number; lookMs: number };

async function follow({ pool, keys }: Runtime, file: string, times: Times, stopping: AbortSignal): Promise<void> {
  let failures = 0;
  let catchingUp = false;
  while (!stopping.aborted) {
    let waitMs = times.lookMs;
    try {
      const step = await sealOnce({ pool, keys, file }, { paceMs: catchingUp ? 0 : times.paceMs });
      failures = 0;
      catchingUp = step.kind === "sealed" && step.more;
      if (catchingUp) waitMs = 0;
    } catch (error) {
      if (stopping.aborted) return;
      failures += 1;
      catchingUp = false;
      waitMs = Math.min(times.lookMs * 2 ** failures, backOffMsMax);
      logger.error({ err: error, failures, waitMs }, "the log could not be sealed");
    }
    await delay(waitMs, undefined, { signal: stopping }).catch(() => {});
  }
}
