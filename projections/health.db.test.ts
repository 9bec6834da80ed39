import { expect, test } from "vitest";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { healthOf } from "./health";
import { runOnce } from "./run-once";

const { database, runtime } = await testRuntime();

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
  await database.pool.query("update projection_checkpoints set updated_at = updated_at - interval '1 hour'");
  const lagging = await healthOf(runtime);
  expect(lagging.projections.every(({ lagEvents, stalled }) => lagEvents === 1n && !stalled)).toBe(true);

  await new Promise((resolve) => setTimeout(resolve, 250));
  const stalled = await healthOf(runtime, { stalledMsMin: 200, startedAt: 0 });
  expect(stalled.projections.every((projection) => projection.stalled)).toBe(true);
  const justStarted = await healthOf(runtime, { stalledMsMin: 200, startedAt: Date.now() });
  expect(justStarted.projections.some((projection) => projection.stalled)).toBe(false);

  await runOnce(runtime);
  expect((await healthOf(runtime)).projections.some(({ stalled }) => stalled)).toBe(false);
});

test("health says how the log is protected", async () => {
  expect((await healthOf(runtime)).log.protection).toBe("role and triggers");
});
