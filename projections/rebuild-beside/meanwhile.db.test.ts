import { afterEach, beforeEach, expect, test } from "vitest";
import { transaction } from "@/infra/postgres/transaction";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { deposit, give } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { accountBalances } from "../account-balances/projection";
import { accountEntries } from "../account-entries/projection";
import { eraseTexts } from "../erase-texts";
import { projections } from "../registry";
import { runOnce } from "../run-once";
import { startRunner } from "../runner";
import { makeHistory, type TestHistory } from "../test-history";
import { verifyBook } from "../verify/verify-book";
import { rebuildBeside } from "./rebuild-beside";
import { cancelRebuild } from "./requests";
import { readRebuild } from "./state";
import { copiesIn, readModelRows } from "./testing/copies";

// What may happen while a read model is made anew: deposits and reads, a stop, a cancel, a changed row, an erasure.

let database: TestDatabase;
let runtime: Runtime;
let history: TestHistory;

beforeEach(async () => {
  database = await testDatabase();
  runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  history = await makeHistory(runtime, { accounts: 5, commands: 900, seed: 8 });
  await runOnce(runtime);
});
afterEach(async () => {
  await runtime.close();
  await database.drop();
});

function first(): TestHistory["accounts"][number] {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  return accountId;
}

/** What one snapshot shows of a read model: it must be the fold of the log at the checkpoint that it shows with it. */
async function look(bank: Runtime, seenAtLeast: bigint): Promise<bigint> {
  return transaction(
    bank.pool,
    async (db) => {
      const { rows } = await db.query<{ position: bigint }>(
        "select position from projection_checkpoints where name = 'account_entries'",
      );
      await db.query("select pg_sleep(0.003)");
      const position = rows[0]?.position ?? 0n;
      const { rows: found } = await db.query<{ entries: bigint; newest: bigint; balance: string; expected: string }>(
        `select (select count(*) from account_entries) as entries, (select max(position) from account_entries) as newest,
                (select sum(amount) from account_entries)::text as balance,
                (select sum(case type when 'MoneyDeposited' then 1 when 'MoneyWithdrawn' then -1 else 0 end
                  * coalesce((data -> 'amount' ->> 'minorUnits')::numeric, 0)) from events where position <= $1)::text as expected`,
        [position],
      );
      expect(found[0]).toMatchObject({ entries: position, newest: position, balance: found[0]?.expected });
      expect(position >= seenAtLeast).toBe(true);
      return position;
    },
    "repeatable read read only",
  );
}

test("deposits and reads go on: no read finds an empty or an older view, and afterwards all money is there once", async () => {
  const reading = createRuntime({ urls: database.urls, keys: testSecrets });
  const runner = startRunner(runtime);
  let going = true;
  let looks = 0;
  const reads = (async () => {
    for (let seen = 0n; going; looks++) seen = await look(reading, seen);
  })();
  const deposits = (async () => {
    while (going) await give(deposit(first(), 1n), { runtime, actor: history.actor });
  })();
  for (const reader of [accountEntries, accountBalances, accountEntries])
    expect(await rebuildBeside(runtime, reader)).toMatchObject({ status: "swapped", differences: 0n });
  going = false;
  await Promise.all([reads, deposits]);
  await runner.stop();
  await reading.close();
  expect(looks).toBeGreaterThan(20);
  await runOnce(runtime);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
});

test("stopped in the middle it goes on where it was; cancelled it leaves nothing behind", async () => {
  const stop = new AbortController();
  const left = await rebuildBeside(runtime, accountEntries, {
    eventsPerSecondMax: 200,
    signal: stop.signal,
    onProgress: ({ done }) => done > 0n && stop.abort(),
  });
  expect(left).toMatchObject({ status: "running" });
  expect(left.done).toBeGreaterThan(0n);
  expect(left.done).toBeLessThan(left.target);
  const dones: bigint[] = [];
  const end = await rebuildBeside(runtime, accountEntries, { onProgress: ({ done }) => dones.push(done) });
  expect(end).toMatchObject({ status: "swapped", differences: 0n });
  expect(dones.every((done) => done >= left.done)).toBe(true);

  const again = new AbortController();
  await rebuildBeside(runtime, accountBalances, {
    eventsPerSecondMax: 100,
    signal: again.signal,
    onProgress: () => again.abort(),
  });
  expect(await copiesIn(database.owner, "shadow")).toEqual(["account_balances"]);
  expect(await cancelRebuild(runtime, "account_balances", { askedBy: "test" })).toBe(true);
  expect(await copiesIn(database.owner, "shadow")).toEqual([]);
  expect(await cancelRebuild(runtime, "account_balances", { askedBy: "test" })).toBe(false);
});

test("a row that was changed in the old one is found and named, and stops the swap until somebody accepts", async () => {
  const whole = await readModelRows(database.pool);
  await database.owner.query("update account_entries set amount = amount + 1 where account_id = $1 and version in (3, 5)", [
    first(),
  ]);
  await database.owner.query("update account_balances set balance = balance + 1 where account_id = $1", [first()]);
  for (const [reader, count, where] of [
    [accountEntries, 2n, `account_entries, ${first()} 3: amount`],
    [accountBalances, 1n, `account_balances, ${first()}: balance`],
  ] as const) {
    const changed = await readModelRows(database.pool);
    expect(await rebuildBeside(runtime, reader)).toMatchObject({
      status: "differs",
      differences: count,
      firstDifference: where,
    });
    expect(await readModelRows(database.pool)).toEqual(changed);
    expect(await rebuildBeside(runtime, reader, { accept: true })).toMatchObject({ status: "swapped", differences: count });
  }
  expect(await readModelRows(database.pool)).toEqual(whole);
});

test("two that make one read model anew at once come to one end, and to the same rows", async () => {
  const other = createRuntime({ urls: database.urls, keys: testSecrets });
  const whole = await readModelRows(database.pool);
  const ends = await Promise.all([rebuildBeside(runtime, accountEntries), rebuildBeside(other, accountEntries)]);
  await other.close();
  expect(ends.map(({ status }) => status)).toEqual(["swapped", "swapped"]);
  expect(await readModelRows(database.pool)).toEqual(whole);
});

test("erasing takes texts out of a half-made and out of a kept copy too", async () => {
  const marker = "Germknödel";
  await give(deposit(first(), 5n, marker), { runtime, actor: history.actor });
  await runOnce(runtime);
  for (const reader of projections.filter(({ eraseTexts: erases }) => erases)) {
    await rebuildBeside(runtime, reader);
    const stop = new AbortController();
    await rebuildBeside(runtime, reader, {
      eventsPerSecondMax: 100_000,
      signal: stop.signal,
      onProgress: ({ done, target }) => done === target && stop.abort(),
    });
  }
  const holding = async () => {
    const found: string[] = [];
    for (const schema of ["public", "shadow", "kept"])
      for (const table of ["account_entries", "activity"]) {
        const { rows } = await database.owner.query(`select to_regclass('${schema}.${table}') is not null as there`);
        if (!rows[0]?.there) continue;
        const { rowCount } = await database.owner.query(`select from ${schema}.${table} t where description = $1 limit 1`, [
          marker,
        ]);
        if (rowCount) found.push(`${schema}.${table}`);
      }
    return found;
  };
  expect(await holding()).toEqual(expect.arrayContaining(["public.account_entries", "kept.account_entries", "kept.activity"]));
  await eraseTexts(database.owner, first());
  expect(await holding()).toEqual([]);
});

test("a fold of a new revision is built beside: the old rows stand until it is there", async () => {
  const newer = { ...accountEntries, revision: 2 };
  const before = await readModelRows(database.pool);
  const runner = startRunner(runtime, [newer]);
  await until("the runner asked for it", async () => (await readRebuild(runtime.pool, "account_entries")) !== undefined);
  await give(deposit(first(), 1n), { runtime, actor: history.actor });
  expect((await readModelRows(database.pool)).account_entries).toEqual(before.account_entries);
  expect(await rebuildBeside(runtime, newer)).toMatchObject({ status: "swapped", revision: 2, keptRevision: 1 });
  await runner.stop();
  const { rows } = await database.pool.query("select count(*) as entries, max(position) as newest from account_entries");
  const { rows: log } = await database.pool.query("select count(*) as entries, max(position) as newest from events");
  expect(rows).toEqual(log);
});

test("a read model that nobody ever fed, in a bank that does not run, is made like any other", async () => {
  const before = await readModelRows(database.pool);
  await database.owner.query("truncate account_entries; delete from projection_checkpoints where name = 'account_entries'");
  expect(await rebuildBeside(runtime, accountEntries)).toMatchObject({ status: "swapped", keptPosition: 0n });
  expect(await readModelRows(database.pool)).toEqual(before);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
});
