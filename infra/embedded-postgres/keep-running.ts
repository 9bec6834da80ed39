import { setTimeout as delay } from "node:timers/promises";

const lookMs = 1_000;
const backOffMsMax = 30_000;

/**
 * Looks every second whether what must run still runs, and lets `revive` start it again where it does not; a start that fails (the disk is
 * full, say) is tried again, ever more slowly, until `stop`.
 */
export function keepRunning(
  runs: () => boolean | Promise<boolean>,
  revive: () => Promise<void>,
  tell: (message: string) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loop = (async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      await delay(Math.min(lookMs * 2 ** failures, backOffMsMax), undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted || (await runs())) continue;
      tell("PostgreSQL has ended: starting it again.");
      try {
        await revive();
        failures = 0;
        tell("PostgreSQL runs again.");
      } catch (error) {
        failures += 1;
        tell(error instanceof Error ? error.message : String(error));
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
