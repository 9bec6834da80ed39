import { beforeAll, expect, test } from "vitest";
import { deposit, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountEntries } from "../account-entries/projection";
import { advance } from "../advance";
import type { LogReader } from "../log-reader";
import { makeHistory, type TestHistory } from "../test-history";
import { rebuildBeside } from "./rebuild-beside";
import { requestForNewFold } from "./rebuilder";
import { rollBackRebuild } from "./requests";
import { readRebuild } from "./state";
import { readModelRows } from "./testing/copies";

const { database, runtime } = await testRuntime();
let history: TestHistory;

/** The fold of the build before: it wrote other rows. */
const older: LogReader = {
  ...accountEntries,
  revision: accountEntries.revision - 1,
  async apply(client, events, keys) {
    await accountEntries.apply(client, events, keys);
    await client.query("update account_entries set actor = 'somebody' where position = any($1)", [
      events.map(({ position }) => position),
    ]);
  },
};

beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 3, commands: 90, seed: 14 });
  while ((await advance(runtime, older)).kind === "applied");
});

const entries = async () => (await readModelRows(database.pool)).account_entries;

async function more(): Promise<void> {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  expect(await give(deposit(accountId, 1n), { runtime, actor: history.actor })).toMatchObject({ kind: "done" });
}

test("the way back to what an older fold made is taken at once, stands still for this build, and goes on with the older one", async () => {
  const old = await entries();
  const swapped = await rebuildBeside(runtime, accountEntries);
  expect(swapped).toMatchObject({ status: "swapped", revision: 1, keptRevision: 0 });
  expect(swapped.differences).toBe(BigInt(old?.length ?? 0)); // told, and no obstacle
  const made = await entries();
  expect(made).not.toEqual(old);
  await more();
  expect(await advance(runtime, accountEntries)).toMatchObject({ kind: "applied", events: 1 });

  const back = await rollBackRebuild(runtime, "account_entries", { askedBy: "test" });
  expect(back).toMatchObject({
    status: "rolled_back",
    revision: 0,
    keptRevision: 1,
    keptPosition: BigInt((made?.length ?? 0) + 1),
  });
  expect(await entries()).toEqual(old);
  expect(await advance(runtime, accountEntries)).toEqual({ kind: "outdated" });
  await requestForNewFold(runtime, accountEntries); // as the runner does; somebody went back from this very fold, so nothing is asked for
  expect(await readRebuild(runtime.pool, "account_entries")).toMatchObject({ status: "rolled_back" });
  expect(await entries()).toEqual(old);

  expect(await advance(runtime, older)).toMatchObject({ kind: "applied", events: 1 });
  expect((await entries())?.length).toBe((old?.length ?? 0) + 1);
});

test("and forward again: the newer fold's copy, kept meanwhile, is brought level before it is taken", async () => {
  await more();
  expect(await rollBackRebuild(runtime, "account_entries", { askedBy: "test" })).toMatchObject({
    purpose: "roll_back",
    status: "level",
  });
  expect(await rebuildBeside(runtime, accountEntries)).toMatchObject({ status: "rolled_back", revision: 1, keptRevision: 0 });
  const { rows } = await database.pool.query(
    "select (select max(position) from events) = position as level, (select count(*) from account_entries where actor = 'somebody') as old from projection_checkpoints where name = 'account_entries'",
  );
  expect(rows).toEqual([{ level: true, old: 0n }]);
});
