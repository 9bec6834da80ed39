import { setTimeout as delay } from "node:timers/promises";
import type { LogReader } from "./log-reader";

const leadPages = 4; // with the page of who is last and the one that is read ahead, as many as log-pages.ts keeps
const heardMs = 1_000;
const lookMs = 5;

/**
 * After a step of a reader that catches up: waits while it is further ahead of a slower one than pages of the log are kept. Else each of them would read
 * the whole log by itself, and the slowest, which decides when all are level, would share the machine with that. Not held back: who has less than a page
 * to go; one that is awaited by readers that are not; and nobody by a reader that is too far behind to be met, or that says nothing for `heardMsMax`,
 * because it failed or goes on in another process.
 */
export type BoundedLead = (
  reader: Pick<LogReader, "name" | "awaited">,
  step: { position: bigint; behind: bigint },
  until: { size: number; stopping?: AbortSignal },
) => Promise<void>;

export function createBoundedLead({ heardMsMax = heardMs } = {}): BoundedLead {
  const heard = new Map<string, { position: bigint; isAwaited: boolean; at: number }>();

  const isSlower = (position: bigint, size: number, isAwaited: boolean) => {
    const since = performance.now() - heardMsMax;
    const lead = BigInt(leadPages * size);
    return [...heard.values()].some((other) => {
      const ahead = position - other.position;
      return ahead > lead && ahead <= 2n * lead && other.at >= since && (other.isAwaited || !isAwaited);
    });
  };

  return async ({ name, awaited: isAwaited = false }, { position, behind }, { size, stopping }) => {
    heard.set(name, { position, isAwaited, at: performance.now() });
    if (behind < size) return;
    while (isSlower(position, size, isAwaited) && !stopping?.aborted) await delay(lookMs);
  };
}
