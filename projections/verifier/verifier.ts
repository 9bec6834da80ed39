import { setTimeout as delay } from "node:timers/promises";
import { newId } from "@/infra/ids";
import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { type VerifierStep, verifierStep } from "./step";

/** Of one core: what the process uses while a step runs, whoever uses it. The rest of the 5 % is the database's. */
const shareMax = 0.03;
const pauseMsMin = 50;
const pauseMsMax = 60_000;
const betweenPassesMs = 600_000;
const retryMs = 30_000;

type Pace = { pauseMs: (cpuMs: number) => number; betweenPassesMs: number };

/** For how long to rest after so much work. */
export function pauseAfter(cpuMs: number): number {
  return Math.min(pauseMsMax, Math.max(pauseMsMin, cpuMs * (1 / shareMax - 1)));
}

/**
 * Walks the whole book over and over in the background, until the runtime closes: one process a database, at a bounded share
 * of a core, on from where it was after a restart.
 */
export function startVerifier(
  { pools: { sealer: pool }, keys, onClose }: Pick<Runtime, "pools" | "keys" | "onClose">,
  sealFile: string,
  pace: Pace = { pauseMs: pauseAfter, betweenPassesMs },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const target = { pool, keys, sealFile, process: newId("prc") };
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const pauseMs = await timedStep(target, pace, stopping.signal);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  async function stop(): Promise<void> {
    stopping.abort();
    await loop;
    await pool.query("update verifier set leased_until = null where leased_by = $1", [target.process]).catch(() => {});
  }
  onClose(stop);
  return { stop };
}

/** Returns how long to rest. */
async function timedStep(target: Parameters<typeof verifierStep>[0], pace: Pace, signal: AbortSignal): Promise<number> {
  const before = process.cpuUsage();
  try {
    const step = await verifierStep(target);
    tell(step);
    const { user, system } = process.cpuUsage(before);
    const pauseMs = pace.pauseMs((user + system) / 1_000);
    if (step.kind === "checked") return pauseMs;
    return step.kind === "finished" ? pace.betweenPassesMs : retryMs;
  } catch (error) {
    if (!signal.aborted) logger.warn({ err: error }, "the verifier waits");
    return retryMs;
  }
}

function tell({ found }: VerifierStep): void {
  for (const { where, what } of found) logger.error({ place: where, what }, "the book is damaged");
}
