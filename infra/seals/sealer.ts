import { setTimeout as delay } from "node:timers/promises";
import { eventName } from "@/domain/ids";
import { Fault } from "../checks/fault";
import { logger } from "../logging/logger";
import { recordFinding } from "../review/findings";
import type { Runtime } from "../runtime";
import { createSealCourse } from "./seal-course";
import { type SealLimits, type SealStep, type SealTarget, sealOnce } from "./seal-once";

// An event waits for at most one pace and one look: sealed within 10 s, and at most 21,600 seals a day however many processes run.
const paceMs = 4_000;
const lookMs = 4_000;
const backOffMsMax = 60_000;
const lastSealMsMax = 1_000;
const alarmMs = 600_000;

/**
 * Seals the log in the background until the runtime closes, and what is left on the way out: it would lie open for as long as the bank is closed.
 * Beside the command path, which never waits for it.
 */
export function startSealer(
  { pools, keys, onClose }: Pick<Runtime, "pools" | "keys" | "onClose">,
  file: string,
  times: Times = { paceMs, lookMs },
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const target = { pool: pools.sealer, keys, file };
  const loop = follow(target, times, stopping.signal);
  let stopped: Promise<void> | undefined;
  function stop(): Promise<void> {
    stopping.abort();
    stopped ??= loop.then(() => sealTheEnd(target));
    return stopped;
  }
  onClose(stop);
  return { stop };
}

async function sealTheEnd(target: SealTarget): Promise<void> {
  const sealed = sealOnce(target).then(
    (step) => tellRefiled(step, target),
    (error: unknown) => logger.warn({ err: error }, "the end of the log could not be sealed"),
  );
  await Promise.race([sealed, delay(lastSealMsMax, undefined, { ref: false })]);
}

type Times = Partial<SealLimits> & { lookMs: number };

async function follow(target: SealTarget, { lookMs, ...limits }: Times, stopping: AbortSignal): Promise<void> {
  const course = createSealCourse();
  const tell = createAlarm();
  let failures = 0;
  let catchingUp = false;
  while (!stopping.aborted) {
    let waitMs = lookMs;
    try {
      const step = await sealOnce(target, { ...limits, ...(catchingUp && { paceMs: 0 }) }, course);
      tell(step);
      tellRefiled(step, target);
      failures = 0;
      catchingUp = step.kind === "sealed" && step.more;
      if (catchingUp) waitMs = 0;
    } catch (error) {
      if (stopping.aborted) return;
      failures += 1;
      catchingUp = false;
      waitMs = Math.min(lookMs * 2 ** failures, backOffMsMax);
      logger.error({ err: error, failures, waitMs }, "the log could not be sealed");
      if (error instanceof Fault) await recordFinding(target.pool, "sealer", error).catch(() => {}); // said in the log above
    }
    await delay(waitMs, undefined, { signal: stopping }).catch(() => {});
  }
}

/** A file that was deleted, emptied or cut is whole again within seconds: this line is what remains of it. */
function tellRefiled({ refiled: seals }: SealStep, { file }: SealTarget): void {
  if (seals === 0) return;
  logger.warn({ seals, file }, "the seal file lacked older seals, now copied from the database: for them it is no witness");
}

/** One line a fault, and one in ten minutes for as long as it keeps the sealer from going on. */
function createAlarm(): (step: SealStep) => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return ({ kind, found }) => {
    for (const { where, what, event } of found) logger.error({ place: where, what, ...told(event) }, "the book is damaged");
    if (kind !== "stopped") return;
    const now = performance.now();
    if (now - toldAtMs < alarmMs) return;
    toldAtMs = now;
    logger.error("sealing has stopped before a faulty event: see npm run daybook -- review");
  };
}

function told(event: Fault["event"]): object {
  return event ? { event: eventName(event.streamId, event.version), position: event.position.toString() } : {};
}
