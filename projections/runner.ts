import { setTimeout as delay } from "node:timers/promises";
import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { advance, EVENTS_PER_STEP_MAX } from "./advance";
import { type BoundedLead, createBoundedLead } from "./bounded-lead";
import type { LogReader } from "./log-reader";
import { progressOf } from "./progress";
import { requestForNewFold } from "./rebuild-beside/rebuilder";
import { logReaders } from "./registry";
import { createStepSize } from "./step-size";
import { createWake, type Wake } from "./wake";

const pollMs = 250; // the net below the hints
const restMs = 50; // of readers that nobody waits for: one step for ten events costs little more than one for each of them
const backOffMs = { first: 250, max: 30_000 };
const attemptsBeforeAlarm = 8; // 250 ms doubled: about half a minute

export type Runner = { stop(): Promise<void> };

/**
 * Follows the log for every reader, one loop each, until the runtime closes. Woken by this process's own appends and by NOTIFY; polls as
 * a net. A reader that fails tries the same events again, ever more slowly, and never skips one.
 */
export function startRunner(runtime: Runtime, readers: readonly LogReader[] = logReaders): Runner {
  const stopping = new AbortController();
  const wakes = readers.map(() => createWake());
  const lead = createBoundedLead();
  const unsubscribe = runtime.log.subscribe(() => {
    for (const { wake } of wakes) wake();
  });
  const loops = readers.map((reader, i) =>
    follow(runtime, reader, { wake: wakes[i] ?? createWake(), lead, stopping: stopping.signal }),
  );

  async function stop(): Promise<void> {
    stopping.abort();
    unsubscribe();
    for (const { wake } of wakes) wake();
    await Promise.all(loops);
  }
  runtime.onClose(stop);
  return { stop };
}

async function follow(
  runtime: Runtime,
  reader: LogReader,
  { wake, lead, stopping }: { wake: Wake; lead: BoundedLead; stopping: AbortSignal },
): Promise<void> {
  const progress = progressOf(runtime);
  const size = createStepSize(EVENTS_PER_STEP_MAX);
  let failures = 0;
  let standsAt: bigint | undefined;
  while (!stopping.aborted) {
    try {
      const step = await advance(runtime, reader, size.events, standsAt);
      standsAt = undefined;
      failures = 0;
      progress.stepEnded(reader.name, "went");
      size.went();
      if (step.kind === "outdated") await requestForNewFold(runtime, reader);
      if (step.kind === "applied") progress.advanced(reader.name, step.position);
      if (step.kind === "applied" && step.behind > 0n) {
        await lead(reader, step, { size: size.events, stopping });
        continue;
      }
      if (step.kind === "applied" && !reader.awaited) await rest(restMs, stopping);
      const woken = await wake.sleep(pollMs);
      if (woken && step.kind === "applied") standsAt = step.position;
    } catch (error) {
      if (stopping.aborted) return;
      standsAt = undefined;
      failures += 1;
      progress.stepEnded(reader.name, "threw");
      size.failed(error);
      const waitMs = Math.min(backOffMs.first * 2 ** (failures - 1), backOffMs.max);
      logger[failures < attemptsBeforeAlarm ? "warn" : "error"](
        { err: error, projection: reader.name, failures, waitMs },
        "projection held: nothing is skipped",
      );
      await rest(waitMs, stopping);
    }
  }
}

async function rest(ms: number, stopping: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: stopping }).catch(() => {}); // cut short where the runner stops
}
