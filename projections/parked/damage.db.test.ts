import { expect, test } from "vitest";
import { forgeEvent } from "@/infra/testing/forge-event";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "../account-balances/projection";
import { advance } from "../advance";
import { logReaders } from "../registry";
import { runOnce } from "../run-once";
import { BrokenFold } from "./apply-apart";
import { HELD_ACCOUNTS_MAX } from "./apply-or-park";
import { startOver } from "./testing/reader-rows";

const { database, runtime } = await testRuntime();
const actor = customer();
const amount = (minorUnits: string) => ({ amount: { minorUnits, currency: "EUR" }, source: "cash" });
const forge = (streamId: Awaited<ReturnType<typeof openAccount>>, minorUnits: string) =>
  forgeEvent(database.owner, { streamId, type: "MoneyDeposited", schemaVersion: 2, data: amount(minorUnits) });

test("an event that cannot be read holds its account in every reader; what stands around and behind it is posted, and nothing is skipped", async () => {
  const [damaged, other] = [await openAccount(runtime, actor), await openAccount(runtime, actor)];
  await give(deposit(damaged, 5n), { runtime, actor });
  const name = await forge(damaged, "-1");
  await give(deposit(other, 7n), { runtime, actor });
  await forge(damaged, "3");
  await give(deposit(other, 2n), { runtime, actor });

  expect((await runOnce(runtime)).map(({ end, events }) => ({ end, events }))).toEqual(
    logReaders.map(() => ({ end: "level", events: 7 })),
  );
  const { rows } = await database.pool.query("select reader, account_id || '@' || version as event, error from parked_accounts");
  expect(rows).toHaveLength(logReaders.length);
  for (const { event, error } of rows) {
    expect(event).toBe(name);
    expect(error).toMatch(/MoneyDeposited version 2, has not the shape of its version: amount\.minorUnits: Invalid string/);
  }
  const balances = await database.pool.query("select account_id as id, balance::int, version from account_balances");
  expect(balances.rows).toEqual(
    expect.arrayContaining([
      { id: damaged, balance: 5, version: 2 },
      { id: other, balance: 9, version: 3 },
    ]),
  );
  const entries = await database.pool.query("select version from account_entries where account_id = $1 order by version", [
    damaged,
  ]);
  expect(entries.rows).toEqual([{ version: 1 }, { version: 2 }]);
});

test("of two accounts with one number, the one that was opened later is held, however the log is cut into steps", async () => {
  const [first, second] = [await openAccount(runtime, actor), await openAccount(runtime, actor)];
  await give(deposit(first, 1n), { runtime, actor });
  await give(deposit(second, 1n), { runtime, actor });
  await database.owner.query("alter table events disable trigger user; drop index events_account_number");
  await database.owner.query(
    `update events e set data = e.data || jsonb_build_object('accountNumber', o.data -> 'accountNumber')
       from events o where e.stream_id = $1 and e.version = 1 and o.stream_id = $2 and o.version = 1`,
    [second, first],
  );
  await database.owner.query("alter table events enable trigger user");
  for (const eventsPerStep of [2_000, 1, 3]) {
    await startOver(database.owner, accountBalances);
    while ((await advance(runtime, accountBalances, eventsPerStep)).kind === "applied");
    const { rows } = await database.pool.query(
      "select account_id as id, version, error from parked_accounts where reader = 'account_balances' and account_id = any($1)",
      [[first, second]],
    );
    expect(rows).toEqual([{ id: second, version: 1, error: expect.stringContaining("23505: account_balances") }]);
  }
});

test("where more accounts would be held than may be, the reader stops as it was, and says that its fold is broken", async () => {
  await runOnce(runtime);
  const { rows: at } = await database.pool.query("select name, position from projection_checkpoints order by name");
  for (let i = 0; i < HELD_ACCOUNTS_MAX; i++) await forge(await openAccount(runtime, actor), "-1");
  const { rows: before } = await database.pool.query("select * from parked_accounts order by reader");
  for (const reader of logReaders) await expect(advance(runtime, reader)).rejects.toThrow(BrokenFold);
  const { rows: after } = await database.pool.query("select * from parked_accounts order by reader");
  expect(after).toEqual(before);
  const { rows } = await database.pool.query("select name, position from projection_checkpoints order by name");
  expect(rows).toEqual(at);
});
