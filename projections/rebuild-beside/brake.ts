import { setTimeout as delay } from "node:timers/promises";

/** Keeps several workers together below a rate. `eventsPerSecondMax` may change at any time; null: no limit. */
export type Brake = { eventsPerSecondMax: number | null; pass(events: number, signal: AbortSignal): Promise<void> };

const napMsMax = 500; // so that a changed limit is noticed

export function createBrake(eventsPerSecondMax: number | null): Brake {
  let freeAtMs = performance.now();
  return {
    eventsPerSecondMax,
    async pass(events, signal) {
      if (this.eventsPerSecondMax === null) return;
      freeAtMs = Math.max(freeAtMs, performance.now()) + (events / this.eventsPerSecondMax) * 1_000;
      const untilMs = freeAtMs;
      while (this.eventsPerSecondMax !== null && performance.now() < untilMs && !signal.aborted)
        await delay(Math.min(napMsMax, untilMs - performance.now()), undefined, { signal }).catch(() => {});
    },
  };
}
