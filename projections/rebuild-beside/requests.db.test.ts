import { beforeAll, expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "../account-balances/projection";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { rebuildBeside } from "./rebuild-beside";
import { cancelRebuild, RebuildRefused, requestRebuild, rollBackRebuild } from "./requests";
import { readRebuild } from "./state";

const { runtime } = await testRuntime();
const name = accountBalances.name;
beforeAll(async () => {
  await makeHistory(runtime, { accounts: 3, commands: 60, seed: 6 });
  await runOnce(runtime);
});

test("a wish that was made on an older look is refused, so that a form sent twice does not go there and back", async () => {
  const { updatedAt: seenAt } = await rebuildBeside(runtime, accountBalances);
  await rollBackRebuild(runtime, name, { askedBy: "test", seenAt });
  expect(await rebuildBeside(runtime, accountBalances)).toMatchObject({ status: "rolled_back" });
  const before = await readRebuild(runtime.pool, name);
  await expect(rollBackRebuild(runtime, name, { askedBy: "test", seenAt })).rejects.toThrow(RebuildRefused);
  await expect(requestRebuild(runtime, name, { askedBy: "test", accept: true, seenAt })).rejects.toThrow(RebuildRefused);
  expect(await readRebuild(runtime.pool, name)).toEqual(before);
});

test("what makes no sense is refused in words", async () => {
  await expect(requestRebuild(runtime, name, { askedBy: "test", workers: 17 })).rejects.toThrow(/1 to 16 workers/);
  await expect(requestRebuild(runtime, name, { askedBy: "test", eventsPerSecondMax: 0 })).rejects.toThrow(/whole number/);
  await expect(requestRebuild(runtime, "snapshots", { askedBy: "test" })).rejects.toThrow(RebuildRefused);
  expect(await cancelRebuild(runtime, name)).toBe(false);
});
