import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Actor, Role } from "@/domain/access/policy";
import type { AccountId, PartyId } from "@/domain/ids";
import { readableOnly } from "@/infra/rows/unreadable-row";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { waitMsMax } from "@/infra/testing/patience";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import { accountForViewer, accountsFor } from "../account-balances/queries";
import { advance } from "../advance";
import { caughtUp } from "../caught-up";
import { healthOf } from "../health";
import { logReaders, postedViews } from "../registry";
import { verifyBook } from "../verify/verify-book";
import { retryParked } from "./retry-parked";
import { failingAt, isEvent } from "./testing/failing-fold";

// Whoever tells of an account that a reader holds has to say so, and to say nothing that is not known.

let database: TestDatabase;
let runtime: Runtime;
let held: AccountId;
let other: AccountId;
const actor = customer();
const badAt = 3;

beforeEach(async () => {
  database = await testDatabase();
  runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  [held, other] = [await openAccount(runtime, actor), await openAccount(runtime, actor)];
  for (const amount of [10n, 20n, 40n]) await give(deposit(held, amount), { runtime, actor });
  await give(deposit(other, 5n), { runtime, actor });
});
afterEach(async () => {
  await runtime.close();
  await database.drop();
});

/** Every reader comes to the head; the named ones hold the account. */
async function follow(...holding: readonly string[]): Promise<void> {
  for (const reader of logReaders) {
    const fold = holding.includes(reader.name) ? failingAt(reader, isEvent(held, badAt)) : reader;
    while ((await advance(runtime, fold)).kind === "applied");
  }
}

/** The same where every reader holds the account, and at its very first event. */
async function followFromTheOpening(): Promise<void> {
  for (const reader of logReaders) while ((await advance(runtime, failingAt(reader, isEvent(held, 1)))).kind === "applied");
}

const verify = () => verifyBook(runtime, () => {});
const everyView = ["account_balances", "account_entries", "daily_balances", "activity"];

test("the account's views say at which event each of them holds it, and that the balance is that of the event before", async () => {
  await follow("account_balances", "daily_balances");
  expect(await accountForViewer(runtime.pool, actor, held)).toMatchObject({
    balance: 10n,
    version: 2,
    held: { account_balances: badAt, daily_balances: badAt },
  });
  expect(await accountForViewer(runtime.pool, actor, other)).toMatchObject({ balance: 5n, held: {} });
  const list = await accountsFor(runtime.pool, actor, { limit: 10 });
  expect(list.totals).toMatchObject([{ accounts: 2n, held: 1n, balance: 15n }]);
});

test("a command on a held account is never said to be posted, and nobody waits for it; another account's is", async () => {
  await follow("account_entries");
  const later = await give(deposit(held, 1n), { runtime, actor });
  const elsewhere = await give(deposit(other, 1n), { runtime, actor });
  if (later.kind !== "done" || elsewhere.kind !== "done") throw new Error("not booked");
  await follow();
  expect(await caughtUp(runtime, postedViews, later.position, { waitMsMax: Number.POSITIVE_INFINITY })).toBe(false); // else it never ends
  expect(await caughtUp(runtime, postedViews, elsewhere.position, { waitMsMax })).toBe(true);
  expect(await caughtUp(runtime, ["account_balances"], later.position, { waitMsMax })).toBe(true);

  expect(await retryParked(runtime, { reader: "account_entries", accountId: held })).toMatchObject({ kind: "posted" });
  expect(await caughtUp(runtime, postedViews, later.position, { waitMsMax })).toBe(true);
});

test("a balance of the past comes from the entries up to where they hold the account, and from the log beyond", async () => {
  await follow("account_entries");
  const { rows } = await database.pool.query<{ at: Date }>(
    "select recorded_at as at from events where stream_id = $1 order by version",
    [held],
  );
  const [, before, bad, last] = rows.map(({ at }) => at);
  if (!before || !bad || !last) throw new Error("no events");
  const expected = before < bad ? { balance: 10n, source: "entries" } : { source: "log" }; // within one millisecond, T includes both
  expect(await balanceAsOf(runtime.pool, held, before)).toMatchObject(expected);
  expect(await balanceAsOf(runtime.pool, held, last)).toEqual({ balance: 70n, source: "log" });
  expect(await balanceAsOf(runtime.pool, other, last)).toMatchObject({ source: "entries" });

  const asOf = (version: number) => accountAsOf(runtime, actor, { accountId: held, at: { kind: "event", version } });
  expect(await asOf(badAt - 1)).toMatchObject({ entriesBalance: { kind: "equal" } });
  expect(await asOf(badAt)).toMatchObject({ state: { balance: 30n }, entriesBalance: { kind: "held", version: badAt } });
  expect(await asOf(badAt + 1)).toMatchObject({ state: { balance: 70n }, entriesBalance: { kind: "held", version: badAt } });
});

test("health counts the accounts that each read model holds", async () => {
  await follow("account_entries");
  const { projections } = await healthOf(runtime);
  expect(projections.map(({ name, heldAccounts, lagEvents, stalled }) => [name, heldAccounts, lagEvents, stalled])).toEqual([
    ["account_balances", 0, 0n, false],
    ["account_entries", 1, 0n, false],
    ["daily_balances", 0, 0n, false],
    ["activity", 0, 0n, false],
  ]);
});

test.each([...everyView.map((name) => [name]), everyView])(
  "verify names the account that %s holds, and finds no fault in what it does know",
  async (...holding) => {
    await follow(...holding);
    const all = holding
      .map((reader) => ({ reader, accountId: held, version: badAt }))
      .sort((a, b) => (a.reader < b.reader ? -1 : 1));
    expect(await verify()).toMatchObject({ ok: true, accounts: 2, held: all });
    await give(deposit(held, 1n), { runtime, actor });
    await follow();
    expect(await verify()).toMatchObject({ ok: true, held: all });

    for (const reader of holding)
      expect(await retryParked(runtime, { reader, accountId: held })).toMatchObject({ kind: "posted" });
    expect(await verify()).toMatchObject({ ok: true, accounts: 2, held: [] });
  },
);

test.each([
  ["account_balances", "update account_balances set balance = balance + 1 where account_id = $1", "balance is"],
  ["account_entries", "update account_entries set balance = balance + 1 where account_id = $1 and version = 2", "balance is"],
  ["account_entries", "delete from account_entries where account_id = $1 and version = 2", "missing"],
  ["daily_balances", "update daily_balances set balance = balance + 1 where account_id = $1", "daily_balances"],
  ["activity", "update activity set amount = amount + 1 where account_id = $1 and version = 2", "activity"],
])("what %s knows of an account that it holds is compared all the same: %s", async (name, change, words) => {
  await follow(name);
  await database.owner.query(change, [held]);
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining(words) });
});

test("an account that is held at its opening is in no read model, and is no fault", async () => {
  await followFromTheOpening();
  expect(await accountForViewer(runtime.pool, actor, held)).toBeUndefined();
  expect(await verify()).toMatchObject({ ok: true, accounts: 1, held: logReaders.map(() => ({ accountId: held, version: 1 })) });
});

test("an account that is held at its opening stands in the list of those who may see it, and of nobody else, until it is posted", async () => {
  await followFromTheOpening();
  const listed = async (viewer: Actor, search?: string) =>
    (await accountsFor(runtime.pool, viewer, { limit: 10, search })).heldAtOpening.map(({ accountId }) => accountId);
  const staff = (role: Role, partyId: PartyId | null = null): Actor => ({ ...actor, role, partyId });
  expect(await listed(actor)).toEqual([held]);
  expect(await listed(staff("auditor"))).toEqual([held]);
  expect(await listed(staff("teller"))).toEqual([held]);
  expect(await listed(staff("teller", actor.partyId))).toEqual([]);
  expect(await listed(customer())).toEqual([]);
  expect(await listed(staff("customer"))).toEqual([]);
  expect(await listed(staff("operator"))).toEqual([]);

  const { rows } = await database.pool.query<{ number: string }>(
    "select data ->> 'accountNumber' as number from events where stream_id = $1 and version = 1",
    [held],
  );
  const { heldAtOpening, accounts, totals } = await accountsFor(runtime.pool, actor, { limit: 10 });
  expect(heldAtOpening).toEqual([{ accountId: held, accountNumber: rows[0]?.number, holders: [actor.partyId] }]);
  expect([accounts, totals]).toMatchObject([[{ accountId: other }], [{ accounts: 1n, balance: 5n }]]);
  await database.owner.query("insert into parties (id, kind, name) values ($1, 'person', 'Ada 100%')", [actor.partyId]);
  expect(await listed(staff("auditor"), rows[0]?.number.slice(3).toLowerCase())).toEqual([held]);
  expect(await listed(staff("auditor"), "ada 100%")).toEqual([held]);
  expect(await listed(staff("auditor"), "ada 1%0")).toEqual([]);

  expect(await retryParked(runtime, { reader: "account_balances", accountId: held })).toMatchObject({ kind: "posted" });
  expect(await listed(actor)).toEqual([]);
  expect((await accountsFor(runtime.pool, actor, { limit: 10 })).accounts).toHaveLength(2);
});

test("an account whose row is there, and whose opening could not be applied again, stands in the list once", async () => {
  await follow();
  await database.owner.query(
    "update projection_checkpoints set position = 0, recorded_at = null where name = 'account_balances'",
  );
  await followFromTheOpening();
  const { accounts, heldAtOpening } = await accountsFor(runtime.pool, actor, { limit: 10 });
  expect(readableOnly(accounts).map((account) => [account.accountId, account.held])).toContainEqual([
    held,
    { account_balances: 1 },
  ]);
  expect(heldAtOpening).toEqual([]);
});

test("while nobody is held at the opening, the list asks no question more", async () => {
  await follow("account_balances");
  const asked = vi.spyOn(runtime.pool, "query");
  await accountsFor(runtime.pool, actor, { limit: 10 });
  expect(asked).toHaveBeenCalledTimes(3);
  asked.mockRestore();
});
