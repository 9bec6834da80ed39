import { expect, test } from "vitest";
import { createCommandMetrics } from "./command-metrics";
import { createRecentCommands, RECENT_MS } from "./recent-commands";

const lookEveryMs = 10_000;

function bank() {
  let nowMs = 1_000;
  const metrics = createCommandMetrics();
  const recent = createRecentCommands(metrics.registry, () => nowMs);
  return {
    recent,
    metrics,
    append(commands: number, waitSeconds: number) {
      metrics.batch(commands);
      for (let i = 0; i < commands; i++) metrics.waited(waitSeconds);
      for (let i = 0; i < commands; i++) metrics.answered("done", waitSeconds);
    },
    sleep(ms: number) {
      nowMs += ms;
    },
    async pass(ms: number) {
      for (const end = nowMs + ms; nowMs < end; ) {
        nowMs += lookEveryMs;
        await recent.look();
      }
    },
  };
}

test("what was long ago no longer counts, and what is of late is told by itself; Prometheus' counters go on", async () => {
  const { recent, metrics, append, pass } = bank();
  append(400, 2);
  metrics.conflict("stale");
  await pass(60_000);
  expect(await recent.figures()).toMatchObject({ answered: 400, appends: 1, conflicts: 1, overMs: 60_000, batch: { mean: 400 } });
  await pass(RECENT_MS);
  for (let i = 0; i < 100; i++) append(1, 0.0005);
  const figures = await recent.figures();
  expect(figures).toMatchObject({ answered: 100, appends: 100, conflicts: 0, overMs: RECENT_MS, answeredEver: 500 });
  expect(figures.batch).toMatchObject({ mean: 1, p99: expect.any(Number) });
  expect([figures.batch.p99, figures.wait.p99].every((p99) => p99 !== null && p99 <= 1)).toBe(true);
  expect(await metrics.registry.metrics()).toContain("daybook_append_commands_count 101");
});

test("of minutes in which nothing happened there is nothing to tell", async () => {
  const { recent, append, pass } = bank();
  append(3, 0.1);
  await pass(RECENT_MS + lookEveryMs);
  expect(await recent.figures()).toMatchObject({
    answered: 0,
    appends: 0,
    batch: { mean: null, p50: null },
    wait: { p99: null },
  });
});

test("after a week of looks the figures still reach back five minutes; after a pause without looks, as far as they say", async () => {
  const { recent, append, pass, sleep } = bank();
  await pass(7 * 24 * 3_600_000);
  append(1, 0.1);
  expect(await recent.figures()).toMatchObject({ answered: 1, overMs: RECENT_MS });
  sleep(2 * RECENT_MS);
  expect(await recent.figures()).toMatchObject({ answered: 1, overMs: 2 * RECENT_MS });
  await pass(lookEveryMs);
  expect(await recent.figures()).toMatchObject({ answered: 1, overMs: 2 * RECENT_MS + lookEveryMs });
  await pass(RECENT_MS);
  expect(await recent.figures()).toMatchObject({ answered: 0, overMs: RECENT_MS });
});
