import { beforeAll, expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "../account-balances/projection";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { rebuildBeside } from "./rebuild-beside";
import { cancelRebuild, RebuildRefused, requestRebuild, rollBackRebuild } from "./requests";
import { readRebuild, stopRebuild } from "./state";

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

test("who asked for it, who asked again and who ended it stay apart, and a new one starts with its own asker alone", async () => {
  const people = async () => {
    const { status, askedBy, askedAgainBy, endedBy } = (await readRebuild(runtime.pool, name)) ?? {};
    return [status, askedBy, askedAgainBy, endedBy];
  };
  const left = new AbortController();
  const { signal } = left;
  await rebuildBeside(runtime, accountBalances, {
    askedBy: "ada",
    eventsPerSecondMax: 10,
    signal,
    onProgress: () => left.abort(),
  });
  expect(await people()).toEqual(["running", "ada", null, null]);
  await requestRebuild(runtime, name, { askedBy: "ben", eventsPerSecondMax: 20 });
  expect(await people()).toEqual(["running", "ada", "ben", null]);
  await stopRebuild(runtime.pools.projector, name, "cleo");
  expect(await people()).toEqual(["stopped", "ada", "ben", "cleo"]);
  await requestRebuild(runtime, name, { askedBy: "dora" });
  expect(await people()).toEqual(["running", "ada", "dora", null]);
  expect(await cancelRebuild(runtime, name, { askedBy: "emil" })).toBe(true);
  expect(await people()).toEqual(["cancelled", "ada", "dora", "emil"]);
  await requestRebuild(runtime, name, { askedBy: "fritz" });
  expect(await people()).toEqual(["running", "fritz", null, null]);
  expect(await cancelRebuild(runtime, name, { askedBy: "gus" })).toBe(true);
});

test("what makes no sense is refused in words", async () => {
  await expect(requestRebuild(runtime, name, { askedBy: "test", workers: 17 })).rejects.toThrow(/1 to 16 workers/);
  await expect(requestRebuild(runtime, name, { askedBy: "test", eventsPerSecondMax: 0 })).rejects.toThrow(/whole number/);
  await expect(requestRebuild(runtime, "snapshots", { askedBy: "test" })).rejects.toThrow(RebuildRefused);
  expect(await cancelRebuild(runtime, name, { askedBy: "test" })).toBe(false);
});
