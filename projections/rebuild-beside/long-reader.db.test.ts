import { beforeAll, expect, test } from "vitest";
import { waitMsMax } from "@/infra/testing/patience";
import { deposit, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";
import { accountBalances } from "../account-balances/projection";
import { accountForViewer } from "../account-balances/queries";
import { caughtUp } from "../caught-up";
import { runOnce } from "../run-once";
import { startRunner } from "../runner";
import { makeHistory, type TestHistory } from "../test-history";
import { verifyBook } from "../verify/verify-book";
import { rebuildBeside } from "./rebuild-beside";
import { readRebuild } from "./state";

const { database, runtime } = await testRuntime();
let history: TestHistory;
beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 3, commands: 90, seed: 13 });
  await runOnce(runtime);
});

async function balance(accountId: TestHistory["accounts"][number]): Promise<bigint> {
  const view = await accountForViewer(runtime.pool, history.actor, accountId);
  if (!view) throw new Error("no account");
  return view.balance;
}

test("a transaction that reads the live table for long puts the swap off: deposits and reads go on, and it is swapped once that ends", async () => {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  startRunner(runtime);
  const before = await balance(accountId);
  const reading = await database.owner.connect();
  await reading.query("begin; select count(*) from account_balances");

  const rebuild = rebuildBeside(runtime, accountBalances);
  const isPutOff = async () => (await readRebuild(database.pool, "account_balances"))?.fault?.startsWith("waits for") ?? false;
  await until("the swap is put off", isPutOff);
  for (let deposits = 1n; deposits <= 5n; deposits++) {
    const done = await give(deposit(accountId, 1n), { runtime, actor: history.actor });
    if (done.kind !== "done") throw new Error(`a deposit ended ${done.kind}`);
    expect(await caughtUp(runtime, ["account_balances"], done.position, { waitMsMax })).toBe(true);
    expect(await balance(accountId)).toBe(before + deposits);
  }
  expect(await readRebuild(database.pool, "account_balances")).toMatchObject({ status: "comparing", finishedAt: null });
  await reading.query("commit");
  reading.release();

  expect(await rebuild).toMatchObject({ status: "swapped", differences: 0n, fault: null });
  expect(await balance(accountId)).toBe(before + 5n);
  await runOnce(runtime);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
});
