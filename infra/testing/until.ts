import { setTimeout as sleep } from "node:timers/promises";
import { waitMsMax } from "./patience";

const lookEveryMs = 20;

/** Waits for a condition, and fails in words when it does not come within the limit. An error while looking counts as "not yet". */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + waitMsMax;
  let last: unknown;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`not within ${waitMsMax / 1_000} s: ${what}`, { cause: last });
    await sleep(lookEveryMs);
  }
}
