import { setTimeout as delay } from "node:timers/promises";
import type { LogReader, Projector } from "../log-reader";
import { type CarryOut, carryOut } from "./carry-out";
import { requestFor } from "./requests";
import { goingOn, type Rebuild, readRebuild } from "./state";

const pollMs = 250;
const backOffMs = { first: 250, max: 10_000 };
const attemptsMax = 8;

export type RebuildBeside = Pick<CarryOut, "silenceMsMax"> & {
  workers?: number;
  eventsPerSecondMax?: number | null;
  accept?: boolean;
  askedBy?: string;
  onProgress?: (rebuild: Rebuild) => void;
  /** Leaves it as it is, to go on later. */
  signal?: AbortSignal;
};

/**
 * Makes a read model anew beside the live one, from the first event or from where it was left, and swaps it in. Where another process is at it, follows
 * that. Returns how it ended: see `RebuildStatus`.
 */
export async function rebuildBeside(
  runtime: Projector,
  reader: LogReader,
  { onProgress, silenceMsMax, signal = new AbortController().signal, askedBy = "terminal", ...wishes }: RebuildBeside = {},
): Promise<Rebuild> {
  await requestFor(runtime, reader, { askedBy, ...wishes });
  const course = { signal, ...(onProgress && { onProgress }), ...(silenceMsMax !== undefined && { silenceMsMax }) };
  return seeThrough(runtime, reader, course);
}

/** Carries out what is asked for already, until it is over or waits for somebody. @throws trouble of the machine that does not pass. */
export async function seeThrough(runtime: Projector, reader: LogReader, course: CarryOut): Promise<Rebuild> {
  let failures = 0;
  for (;;) {
    const end = await carryOut(runtime, reader, course).catch((error: unknown) => {
      failures += 1;
      if (failures >= attemptsMax) throw error;
      return "trouble" as const;
    });
    const rebuild =
      typeof end === "object" ? end : await readRebuild(runtime.pools.projector, reader.name).catch(() => undefined);
    if (end !== "trouble" && rebuild && (course.signal.aborted || !goingOn.includes(rebuild.status))) return rebuild;
    if (course.signal.aborted) throw new Error(`the rebuild of ${reader.name} was left`);
    if (rebuild) course.onProgress?.(rebuild);
    const waitMs = end === "trouble" ? Math.min(backOffMs.first * 2 ** failures, backOffMs.max) : pollMs;
    await delay(waitMs, undefined, { signal: course.signal }).catch(() => {});
  }
}
