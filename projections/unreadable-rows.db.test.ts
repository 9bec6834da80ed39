import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "@/infra/ids";
import { isUnreadableRow, readableOnly } from "@/infra/rows/unreadable-row";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { entriesPage } from "./account-entries/queries";
import { activityFor } from "./activity/queries";
import { dailyBalancesOf } from "./daily-balances/queries";
import { runOnce } from "./run-once";
import { verifyBook } from "./verify/verify-book";

// What a read model's owner may have put into a row costs the screens that row, and no other.

const { database, runtime } = await testRuntime();
const holder = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };
const tables = ["account_entries", "activity", "daily_balances"] as const;
let account: AccountId;

beforeAll(async () => {
  account = await openAccount(runtime, holder);
  for (const amount of [100n, 20n, 3n]) await give(deposit(account, amount), { runtime, actor: holder });
  await runOnce(runtime);
  await database.owner.query("insert into daily_balances select account_id, day - 1, 7, 0 from daily_balances");
  for (const table of tables) await database.owner.query(`create table sound_${table} as select * from ${table}`);
  await database.owner.query("alter table account_entries drop constraint account_entries_whole");
  await database.owner.query("alter table daily_balances drop constraint daily_balances_whole");
});

beforeEach(async () => {
  for (const table of tables) {
    await database.owner.query(`delete from ${table}`);
    await database.owner.query(`insert into ${table} select * from sound_${table}`);
  }
});

const amounts: readonly [column: string, set: string][] = [
  ["amount", "amount = 'NaN'"],
  ["amount", "amount = '-Infinity'"],
  ["amount", "amount = 20.0"],
  ["type", "type = 'TransferSent'"],
  ["type", "type = ''"],
  ["type", "type = 'toString'"],
  ["recorded_at", "recorded_at = 'infinity'"],
  ["recorded_at", "recorded_at = '-infinity'"],
  ["recorded_at", "recorded_at = '294000-01-01'"],
];

test.each([
  ...amounts,
  ["balance", "balance = 'NaN'"],
  ["balance", "balance = 120.5"],
  ["effective_at", "effective_at = 'infinity'"],
  ["position", "position = 0"],
] as const)("an entry with a spoilt %s keeps its place among the others: %s", async (column, set) => {
  await database.owner.query(`update account_entries set ${set} where version = 3`);
  const seen = [];
  for (let before: number | undefined | null; before !== null; ) {
    const page = await entriesPage(runtime.pool, holder, account, { limit: 2, before });
    if (!page) throw new Error("not visible");
    seen.push(...page.entries);
    before = page.next;
  }
  const row = { kind: "unreadable_row", id: `${account}@3`, column, of: { accountId: account, version: 3 } };
  expect(seen).toMatchObject([{ version: 4, balance: 123n }, row, { version: 2, balance: 100n }, { version: 1, balance: 0n }]);
});

test("an entry that the account never had hides none of those that it has", async () => {
  await database.owner.query(
    `insert into account_entries select account_id, 2147483647, position, recorded_at, effective_at, type, amount, balance, description, command_id, actor
       from account_entries where version = 4`,
  );
  const first = await entriesPage(runtime.pool, holder, account, { limit: 40 });
  expect(first).toMatchObject({ entries: [{ version: 2_147_483_647 }], next: 5 });
  const second = await entriesPage(runtime.pool, holder, account, { limit: 40, before: first?.next ?? 0 });
  expect(second?.entries).toMatchObject([{ version: 4 }, { version: 3 }, { version: 2 }, { version: 1 }]);
  expect(second?.next).toBeNull();
});

test.each([
  ...amounts,
  ["account_id", "account_id = 'nobody'"],
  ["account_number", "account_number = 'DB'"],
  ["currency", "currency = 'euro'"],
  ["exponent", "exponent = 9"],
  ["exponent", "exponent = -1"],
  ["source", "source = 'lottery'"],
  ["version", "version = -3"],
] as const)("an activity with a spoilt %s keeps its place among the others: %s", async (column, set) => {
  await database.owner.query(`update activity set ${set} where position = 3`);
  const seen = [];
  for (let before: bigint | undefined | null; before !== null; ) {
    const page = await activityFor(runtime.pool, auditor, { limit: 1, before });
    seen.push(...page.events);
    before = page.next;
  }
  const of = column === "account_id" ? null : { accountId: account, version: column === "version" ? null : 3 };
  const row = { kind: "unreadable_row", id: "3", column, of };
  expect(seen).toMatchObject([{ position: 4n, amount: 3n }, row, { position: 2n, amount: 100n }, { position: 1n }]);
});

test.each([
  ["balance = 'NaN'", 7n],
  ["balance = 'Infinity'", 7n],
  ["balance = 123.0", 7n],
  ["day = 'infinity'", 7n],
  ["day = '-infinity'", 7n],
  ["day = '10000-01-01'", 7n],
  ["day = '0044-03-15 BC'", 7n],
])("a day with what cannot be shown is left out of the chart, which says so: %s", async (set, left) => {
  await database.owner.query(`update daily_balances set ${set} where version > 0`);
  const found = await dailyBalancesOf(runtime.pool, holder, account, undefined);
  expect(found).toMatchObject({ days: [{ balance: left }], unreadable: 1 });
});

test.each([
  ["account_entries", "balance = 'NaN'"],
  ["account_entries", "recorded_at = 'infinity'"],
  ["account_entries", "recorded_at = '294000-01-01'"],
  ["account_entries", "type = 'TransferSent'"],
  ["activity", "recorded_at = '294000-01-01'"],
  ["activity", "amount = 'Infinity'"],
  ["daily_balances", "balance = 'NaN'"],
])("verify names a row of %s that cannot be shown, and does not fail over it: %s", async (table, set) => {
  await database.owner.query(`delete from daily_balances where version = 0`); // a day that the log does not have
  await database.owner.query(`update ${table} set ${set} where version = 4`);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: false, fault: expect.stringContaining(table) });
});

test("a row that cannot be shown holds up its own account, and no other", async () => {
  const other = await openAccount(runtime, customer());
  const teller: Actor = { ...auditor, role: "teller" };
  for (const id of [account, other]) await give(deposit(id, 5n), { runtime, actor: teller });
  await database.owner.query("update account_entries set balance = 'NaN' where version = 4");
  await database.owner.query("update daily_balances set balance = 'NaN'");
  await database.owner.query("update account_balances set currency = 'XX', balance = 'NaN'");
  await runOnce(runtime);
  const { rows } = await database.owner.query<{ reader: string; account: string }>(
    "select reader, account_id as account from parked_accounts where reader <> 'snapshots' order by reader",
  );
  expect(rows).toEqual(["account_balances", "account_entries", "daily_balances"].map((reader) => ({ reader, account })));
  expect((await entriesPage(runtime.pool, auditor, other, { limit: 5 }))?.entries).toMatchObject([
    { balance: 5n },
    { version: 1 },
  ]);
  const { events } = await activityFor(runtime.pool, auditor, { limit: 10 });
  expect(readableOnly(events).filter(({ accountId }) => accountId === other)).toHaveLength(2);
  expect(events.filter(isUnreadableRow)).toEqual([]);
});
