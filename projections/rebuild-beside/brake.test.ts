import { expect, test } from "vitest";
import { type BrakeClock, createBrake } from "./brake";

/** A clock that goes on only when everybody sleeps, to the next moment at which somebody wakes. */
function standingClock(): BrakeClock & { passAll(work: Promise<unknown>): Promise<void> } {
  let now = 0;
  const sleepers: { at: number; wake(): void }[] = [];
  return {
    nowMs: () => now,
    sleep: (ms) => new Promise((wake) => void sleepers.push({ at: now + ms, wake })),
    async passAll(work) {
      let going = true;
      void work.then(() => {
        going = false;
      });
      for (;;) {
        await new Promise((next) => setImmediate(next));
        if (!going) return;
        sleepers.sort((one, other) => one.at - other.at);
        const first = sleepers.shift();
        if (!first) throw new Error("nobody sleeps, and the work does not end");
        now = first.at;
        first.wake();
      }
    },
  };
}

const goesOn = new AbortController().signal;

/** Workers that each fold chunks without pause; when each chunk was done, and how many events by then. */
function folding(brake: ReturnType<typeof createBrake>, clock: BrakeClock, workers: number, chunks: number, events: number) {
  const done: { atMs: number; events: number }[] = [];
  let total = 0;
  const worker = async () => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      total += events;
      done.push({ atMs: clock.nowMs(), events: total });
      await brake.pass(events, goesOn);
    }
  };
  return { done, end: Promise.all(Array.from({ length: workers }, worker)) };
}

test.each([1, 2, 5])("%i workers together keep to the rate, and use it up", async (workers) => {
  const clock = standingClock();
  const brake = createBrake(1_000, clock);
  const { done, end } = folding(brake, clock, workers, 40, 50);
  await clock.passAll(end);
  // A chunk is folded before it is paid for: each worker is one chunk ahead.
  for (const { atMs, events } of done) expect(events).toBeLessThanOrEqual(atMs + workers * 50);
  expect(clock.nowMs()).toBeCloseTo(workers * 40 * 50, 6);
});

test("time that was not used is not made up for", async () => {
  const clock = standingClock();
  const brake = createBrake(100, clock);
  await clock.passAll(clock.sleep(60_000, goesOn));
  await clock.passAll(folding(brake, clock, 2, 3, 10).end);
  expect(clock.nowMs()).toBeCloseTo(60_000 + 600, 6);
});

test("a brake that is let go or changed while somebody waits is noticed at his next nap, and what waits goes on at the new rate", async () => {
  const clock = standingClock();
  const brake = createBrake(1, clock);
  const waiting = brake.pass(3_600, goesOn); // an hour
  brake.eventsPerSecondMax = 600;
  await clock.passAll(waiting);
  expect(clock.nowMs()).toBeCloseTo(6_000, -1);

  brake.eventsPerSecondMax = 1;
  const more = brake.pass(3_600, goesOn);
  const letGoAtMs = clock.nowMs();
  brake.eventsPerSecondMax = null;
  await clock.passAll(more);
  expect(clock.nowMs() - letGoAtMs).toBeLessThanOrEqual(500);

  brake.eventsPerSecondMax = 1_000; // and what nobody waited for is not owed
  await clock.passAll(brake.pass(100, goesOn));
  expect(clock.nowMs() - letGoAtMs).toBeLessThanOrEqual(601);
});

test("who is told to stop waits no longer", async () => {
  const clock = standingClock();
  const stop = new AbortController();
  const waiting = createBrake(1, clock).pass(3_600, stop.signal);
  stop.abort();
  await clock.passAll(waiting);
  expect(clock.nowMs()).toBeLessThanOrEqual(500);
});
