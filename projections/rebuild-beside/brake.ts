import { setTimeout as delay } from "node:timers/promises";

/** Keeps several workers together below a rate. `eventsPerSecondMax` may change at any time; null: no limit. */
export type Brake = { eventsPerSecondMax: number | null; pass(events: number, signal: AbortSignal): Promise<void> };

/** What time it is, and how to let it pass: less than `ms` once the signal says stop. */
export type BrakeClock = { nowMs(): number; sleep(ms: number, signal: AbortSignal): Promise<void> };

const wallClock: BrakeClock = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
};

const napMsMax = 500; // so that a changed limit is noticed
const roundingMax = 1e-6;

export function createBrake(eventsPerSecondMax: number | null, clock = wallClock): Brake {
  let asked = 0; // events since the start
  let allowed = 0; // of them
  let sinceMs = clock.nowMs();

  /** In events, not in time: what waits when the rate is changed goes on at the new one. */
  function allow(rate: number | null): void {
    const now = clock.nowMs();
    allowed = rate === null ? asked : Math.min(asked, allowed + ((now - sinceMs) / 1_000) * rate);
    sinceMs = now;
  }

  return {
    eventsPerSecondMax,
    async pass(events, signal) {
      allow(this.eventsPerSecondMax);
      asked += events;
      const ours = asked;
      for (; !signal.aborted; allow(this.eventsPerSecondMax)) {
        const rate = this.eventsPerSecondMax;
        if (rate === null || allowed > ours - roundingMax) return;
        await clock.sleep(Math.min(napMsMax, ((ours - allowed) / rate) * 1_000), signal);
      }
    },
  };
}
