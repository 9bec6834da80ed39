import { logger } from "@/infra/logging/logger";
import type { Runtime } from "@/infra/runtime";
import { advance, type Step } from "./advance";
import type { LogReader } from "./log-reader";
import { progressOf } from "./progress";
import { carryOut } from "./rebuild-beside/carry-out";
import { requestForNewFold } from "./rebuild-beside/rebuilder";
import { logReaders } from "./registry";

export type RunReport = {
  name: string;
  events: number;
  /** How it ended; `stopped` at a limit with more to do, `failed` is logged with its cause. */
  end: Exclude<Step["kind"], "applied"> | "stopped" | "failed";
}[];

/** The runner's work without its loop: every reader in turn, within the limits. For cron, serverless and tests. */
export async function runOnce(
  runtime: Runtime,
  {
    eventsMax = 100_000,
    msMax = 20_000,
    readers = logReaders,
  }: { eventsMax?: number; msMax?: number; readers?: readonly LogReader[] } = {},
): Promise<RunReport> {
  const deadline = performance.now() + msMax;
  const report: RunReport = [];
  for (const reader of readers) report.push(await drain(runtime, reader, eventsMax, deadline));
  return report;
}

async function drain(runtime: Runtime, reader: LogReader, eventsMax: number, deadline: number): Promise<RunReport[number]> {
  let events = 0;
  try {
    while (events < eventsMax && performance.now() < deadline) {
      const step = await advance(runtime, reader);
      if (step.kind === "outdated" && (await remade(runtime, reader, deadline))) continue;
      if (step.kind !== "applied") return { name: reader.name, events, end: step.kind };
      events += step.events;
      progressOf(runtime).advanced(reader.name, step.position);
    }
    return { name: reader.name, events, end: "stopped" };
  } catch (error) {
    logger.error({ err: error, projection: reader.name }, "projection step failed: nothing is skipped");
    return { name: reader.name, events, end: "failed" };
  }
}

/** Makes anew what an older fold made, within the time. False: it goes on at the next call, or waits for somebody. */
async function remade(runtime: Runtime, reader: LogReader, deadline: number): Promise<boolean> {
  await requestForNewFold(runtime, reader);
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())));
  const end = await carryOut(runtime, reader, { signal });
  return typeof end === "object" && end.status === "swapped";
}
