import fc from "fast-check";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import { accountNumberFrom } from "@/domain/account/account-number";
import type { AccountId } from "@/domain/ids";
import { newUserId } from "@/infra/ids";
import { isUnreadableRow, readRows } from "@/infra/rows/unreadable-row";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { runOnce } from "../run-once";
import { type AccountRow, accountColumns, accountRows, isReadableSql } from "./account-row";
import { accountForViewer, accountsFor } from "./queries";

const { database, runtime } = await testRuntime();
const holder = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };
const accounts: AccountId[] = [];

beforeAll(async () => {
  for (const amount of [100n, 20n, 3n]) {
    const id = await openAccount(runtime, holder);
    accounts.push(id);
    await give(deposit(id, amount), { runtime, actor: holder });
  }
  await runOnce(runtime);
  await database.owner.query("alter table account_balances drop constraint account_balances_status");
  await database.owner.query("alter table account_balances drop constraint account_balances_whole");
  await database.owner.query("create table sound as select * from account_balances");
});

beforeEach(async () => {
  await database.owner.query("delete from account_balances");
  await database.owner.query("insert into account_balances select * from sound");
});

const spoilt = () => accounts[1] ?? "";

/** As somebody does who has the database's owner: past everything that Daybook writes. */
async function spoil(set: string): Promise<void> {
  await database.owner.query(`update account_balances set ${set} where account_id = $1`, [spoilt()]);
}

/** Every row of the list, in pages of one. */
async function listed(actor: Actor, sort: "activity" | "number") {
  const found = [];
  for (let cursor: string | undefined | null; cursor !== null && found.length < 10; ) {
    const page = await accountsFor(runtime.pool, actor, { sort, limit: 1, cursor });
    found.push(...page.accounts);
    cursor = page.next;
  }
  return found;
}

const columns: readonly [column: string, set: string][] = [
  ["account_id", "account_id = 'x'"],
  ["account_id", "account_id = ''"],
  ["account_id", "account_id = replace(account_id, 'acc_', 'acc_9')"],
  ["account_number", "account_number = 'none'"],
  ["account_number", "account_number = 'db' || substr(account_number, 3)"],
  ["account_number", "account_number = 'DB00' || substr(account_number, 5)"],
  ["account_number", "account_number = 'DB | é %'"],
  ["currency", "currency = 'XX'"],
  ["currency", "currency = 'eur'"],
  ["currency", "currency = ''"],
  ["exponent", "exponent = 9"],
  ["exponent", "exponent = -1"],
  ["exponent", "exponent = 32767"],
  ["product", "product = 'offshore'"],
  ["status", "status = 'dormant'"],
  ["balance", "balance = 'NaN'"],
  ["balance", "balance = 'Infinity'"],
  ["balance", "balance = 1.0"],
  ["balance", "balance = 0.5"],
  ["version", "version = 0"],
  ["position", "position = -7"],
  ["recorded_at", "recorded_at = 'infinity'"],
  ["opened_at", "opened_at = '-infinity'"],
  ["last_activity_at", "last_activity_at = 'infinity'"],
  ["last_activity_at", "last_activity_at = '-infinity'"],
  ["last_activity_at", "last_activity_at = '294000-01-01'"],
  ["last_activity_at", "last_activity_at = '0300-01-01 BC'"],
];

test.each(columns)("an account with a spoilt %s keeps its place in the list and is in no sum: %s", async (column, set) => {
  await spoil(set);
  for (const actor of [holder, auditor]) {
    for (const sort of ["activity", "number"] as const) {
      const rows = await listed(actor, sort);
      expect(rows).toHaveLength(3);
      expect(rows.filter(isUnreadableRow)).toMatchObject([
        { column, of: column === "account_id" ? null : { accountId: spoilt() } },
      ]);
      const whole = rows.flatMap((row) => (isUnreadableRow(row) ? [] : [[row.accountId, row.balance] as const]));
      expect(new Map(whole)).toEqual(
        new Map([
          [accounts[0], 100n],
          [accounts[2], 3n],
        ]),
      );
    }
    expect(await accountsFor(runtime.pool, actor, { limit: 10 })).toMatchObject({
      totals: [{ currency: "EUR", exponent: 2, accounts: 2n, balance: 103n }],
      unreadable: 1n,
      underReview: 0n,
    });
    expect(await accountForViewer(runtime.pool, actor, accounts[1] as AccountId)).toBeUndefined();
    expect(await accountForViewer(runtime.pool, actor, accounts[2] as AccountId)).toMatchObject({ balance: 3n });
  }
});

test.each([
  "holders = array['pty_x', null]::text[] || holders",
  "balance = 1e60",
  "balance = -5",
  "last_activity_at = '2399-01-01'",
  "currency = 'XTS', exponent = 4",
])("what can be shown is shown, and the sums are of what is shown: %s", async (set) => {
  await spoil(set);
  const { accounts: rows, totals, unreadable } = await accountsFor(runtime.pool, holder, { limit: 10 });
  expect(rows.filter(isUnreadableRow)).toEqual([]);
  expect(rows.flatMap((row) => (isUnreadableRow(row) ? [] : row.holders))).toEqual([1, 2, 3].map(() => holder.partyId));
  expect(unreadable).toBe(0n);
  const sum = totals.reduce((all, { accounts: some }) => all + some, 0n);
  expect(sum).toBe(3n);
});

const good = {
  account_id: "acc_01jw0ragm0e098qr68a33z4ra0",
  account_number: accountNumberFrom(1n),
  currency: "BGN",
  exponent: 2,
  product: "current",
  status: "open",
  holders: "{pty_01jw0ragm0e098qr68a33z4ra0}",
  balance: "100",
  version: 2,
  position: 9,
  recorded_at: "2026-01-01",
  opened_at: "2026-01-01",
  last_activity_at: "2026-01-01",
};

/** A good text with one character changed, taken away or put in. */
const nearly = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.constantFrom("", ..."0aAzZiluo9 |\n-é"), fc.nat(1))
    .map(([at, put, taken]) => text.slice(0, at) + put + text.slice(at + taken));
const anyInstant = fc.constantFrom(
  "infinity",
  "-infinity",
  "9999-12-31 23:59:59.999Z",
  "10000-01-01Z",
  "0001-01-01Z",
  "0001-01-01 BC",
);
const anyRow = fc.record({
  account_id: fc.oneof(fc.constant(good.account_id), nearly(good.account_id)),
  account_number: fc.oneof(fc.constant(good.account_number), nearly(good.account_number)),
  currency: fc.oneof(fc.constant(good.currency), nearly(good.currency)),
  exponent: fc.oneof(fc.constant(good.exponent), fc.integer({ min: -2, max: 6 })),
  product: fc.oneof(fc.constant(good.product), fc.constantFrom("savings", "Current", "")),
  status: fc.oneof(fc.constant(good.status), fc.constantFrom("closed", "unopened")),
  balance: fc.oneof(fc.constant(good.balance), fc.constantFrom("NaN", "-Infinity", "1e40", "-1", "0", "1.0", "0.5", "1e-9")),
  version: fc.oneof(fc.constant(good.version), fc.integer({ min: -1, max: 1 })),
  position: fc.oneof(fc.constant(good.position), fc.integer({ min: -1, max: 1 })),
  recorded_at: fc.oneof(fc.constant(good.recorded_at), anyInstant),
  opened_at: fc.oneof(fc.constant(good.opened_at), anyInstant),
  last_activity_at: fc.oneof(fc.constant(good.last_activity_at), anyInstant),
});

test("the rule of the sums, in SQL, and the rule of the list are one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 20, maxLength: 40 }),
      fc.constantFrom(...Object.keys(good)),
      async (odd, column) => {
        // Half of the rows are odd in one column alone: in all of them, next to none would be readable.
        const some = odd.map((row, i) =>
          i % 2 === 0 ? { ...good, ...row } : { ...good, [column]: row[column as keyof typeof row] ?? "{}" },
        );
        const { rows } = await database.owner.query<AccountRow & { isReadable: boolean }>(
          `select ${accountColumns}, ${isReadableSql} as "isReadable" from json_populate_recordset(null::account_balances, $1) b`,
          [JSON.stringify([good, ...some])],
        );
        const read = readRows(accountRows, rows);
        expect(read.map((row) => !isUnreadableRow(row))).toEqual(rows.map(({ isReadable }) => isReadable));
        expect(rows[0]?.isReadable).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test("a checkpoint with a time that no screen can show costs the list its time alone", async () => {
  const before = "update projection_checkpoints set recorded_at = $1 where name = 'account_balances'";
  const { rows } = await database.owner.query<{ at: Date }>(
    "select recorded_at as at from projection_checkpoints where name = 'account_balances'",
  );
  await database.owner.query(before, ["infinity"]);
  const { freshness, accounts: all } = await accountsFor(runtime.pool, holder, { limit: 10 });
  expect([freshness.recordedAt, all.length]).toEqual([null, 3]);
  expect(await accountForViewer(runtime.pool, holder, accounts[0] as AccountId)).toMatchObject({
    balance: 100n,
    freshness: { recordedAt: null },
  });
  await database.owner.query(before, [rows[0]?.at]);
});
