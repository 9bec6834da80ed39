import { setTimeout as sleep } from "node:timers/promises";

const lookEveryMs = 20;

/** Waits for a condition, and fails in words when it does not come within the limit. An error while looking counts as "not yet". */
export async function until(what: string, holds: () => boolean | Promise<boolean>, { msMax = 30_000 } = {}): Promise<void> {
  const end = performance.now() + msMax;
  let last: unknown;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`not within ${msMax / 1_000} s: ${what}`, { cause: last });
    await sleep(lookEveryMs);
  }
}
