import { afterEach, beforeEach, expect, test } from "vitest";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { accountEntries } from "../account-entries/projection";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { rebuildBeside } from "./rebuild-beside";
import { carryOutAll } from "./rebuilder";
import { cancelRebuild } from "./requests";
import { copiesIn, readModelRows } from "./testing/copies";
import { slowRows } from "./testing/slow-rows";

// A comparison of whole tables takes minutes in a big bank: neither a cancel nor the end of the process waits for it.

let database: TestDatabase;
let runtime: Runtime;
let slow: Awaited<ReturnType<typeof slowRows>> | undefined;

beforeEach(async () => {
  database = await testDatabase();
  runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  await makeHistory(runtime, { accounts: 3, commands: 120, seed: 11 });
  await runOnce(runtime);
});
afterEach(async () => {
  await slow?.close();
  slow = undefined;
  await runtime.close();
  await database.drop();
});

const goesOn = new AbortController().signal;
const waitingInRows = async () => (await slow?.isReached()) ?? false;

test("a cancel while a long comparison runs takes effect at once, and leaves nothing behind", async () => {
  slow = await slowRows(database, "account_entries");
  const rebuild = rebuildBeside(runtime, accountEntries);
  await until("it compares", waitingInRows);
  expect(await cancelRebuild(runtime, "account_entries", { askedBy: "test" })).toBe(true);
  expect(await rebuild).toMatchObject({ status: "cancelled", fault: null });
  expect(await copiesIn(database.owner, "shadow")).toEqual([]);
  expect(await waitingInRows()).toBe(false);
});

test("a process that ends while a long comparison runs ends at once, and another goes on where it was", async () => {
  const before = await readModelRows(database.owner);
  slow = await slowRows(database, "account_entries");
  const ending = new AbortController();
  const left = rebuildBeside(runtime, accountEntries, { signal: ending.signal });
  await until("it compares", waitingInRows);
  ending.abort();
  expect(await left).toMatchObject({ status: "comparing" });
  expect(await waitingInRows()).toBe(false);

  await slow.letGo();
  const dones: bigint[] = [];
  const end = await rebuildBeside(runtime, accountEntries, { onProgress: ({ done }) => dones.push(done) });
  expect(end).toMatchObject({ status: "swapped", differences: 0n });
  expect(dones.every((done) => done === end.target)).toBe(true); // nothing was folded again
  expect(await readModelRows(database.owner)).toEqual(before);
});

test("a backup that reads the half-made copy does not keep it from being cancelled: what is left is dropped afterwards", async () => {
  slow = await slowRows(database, "account_entries");
  const rebuild = rebuildBeside(runtime, accountEntries);
  await until("it compares", waitingInRows);
  const backup = await database.owner.connect();
  await backup.query("begin; select count(*) from shadow.account_entries");
  expect(await cancelRebuild(runtime, "account_entries", { askedBy: "test" })).toBe(true);
  expect(await rebuild).toMatchObject({ status: "cancelled" });
  await carryOutAll(runtime, [accountEntries], goesOn);
  expect(await copiesIn(database.owner, "shadow")).toEqual(["account_entries"]);
  await backup.query("commit");
  backup.release();
  await carryOutAll(runtime, [accountEntries], goesOn);
  expect(await copiesIn(database.owner, "shadow")).toEqual([]);
});
