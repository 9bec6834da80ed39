import { expect, test } from "vitest";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";
import { healthOf } from "./health";
import { progressOf } from "./progress";
import { logReaders } from "./registry";
import { runOnce } from "./run-once";
import { startRunner } from "./runner";

const { database, runtime } = await testRuntime();
const halfAnHourMs = 30 * 60_000;

test("health tells lag from a stall: lag alone is normal, a while of it without progress is not", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  await runOnce(runtime);
  expect((await healthOf(runtime)).projections.map(({ name, lagEvents, stalled }) => ({ name, lagEvents, stalled }))).toEqual(
    ["account_balances", "account_entries", "daily_balances", "activity"].map((name) => ({
      name,
      lagEvents: 0n,
      stalled: false,
    })),
  );

  await give(deposit(accountId, 5n), { runtime, actor });
  await database.owner.query("update projection_checkpoints set updated_at = updated_at - interval '1 hour'");
  const lagging = await healthOf(runtime, { stalledMsMin: halfAnHourMs, startedAt: 0 });
  expect(lagging.projections.every(({ lagEvents, stalled }) => lagEvents === 1n && !stalled)).toBe(true);

  await until("a moment has passed since the event", async () => {
    const { projections } = await healthOf(runtime, { stalledMsMin: 1, startedAt: 0 });
    return projections.every(({ stalled }) => stalled);
  });
  const justStarted = await healthOf(runtime, { stalledMsMin: 1, startedAt: Date.now() + halfAnHourMs });
  expect(justStarted.projections.some((projection) => projection.stalled)).toBe(false);

  await runOnce(runtime);
  expect((await healthOf(runtime)).projections.some(({ stalled }) => stalled)).toBe(false);
});

test("health says how the log is protected", async () => {
  expect((await healthOf(runtime)).log.protection).toBe("roles and triggers");
});

test("a reader whose last step threw is named until one goes through, also where nothing is behind", async () => {
  const runner = startRunner(runtime);
  const { failing } = progressOf(runtime);
  await database.owner.query("alter table projection_checkpoints rename to elsewhere");
  await until("every reader's step throws", () => failing().length === logReaders.length);
  await database.owner.query("alter table elsewhere rename to projection_checkpoints");
  await until("every reader steps again", () => failing().length === 0);
  await runner.stop();
});
