import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountCommand } from "@/domain/account/commands";
import type { AccountId } from "@/domain/ids";
import { type Currency, parseOfferedCurrency } from "@/domain/money/currency";
import { type Money, money } from "@/domain/money/money";
import { newPartyId, newUserId } from "@/infra/ids";
import { sealOnce } from "@/infra/seals/seal-once";
import { openInDroppedCurrency } from "@/infra/testing/open-in-dropped-currency";
import { customer, eur, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import { eventDetail } from "@/infra/time-travel/event-detail";
import { timelinePage } from "@/infra/time-travel/timeline";
import { accountForViewer, accountsFor } from "./account-balances/queries";
import { entriesPage } from "./account-entries/queries";
import { activityFor } from "./activity/queries";
import { dailyBalancesOf } from "./daily-balances/queries";
import { runOnce } from "./run-once";
import { verifyBook } from "./verify/verify-book";

// An account keeps its currency for life. One that the table no longer has is read, paid into and paid out of like any other.

const { database, runtime } = await testRuntime();
const holder = customer();
const teller: Actor = { userId: newUserId(), partyId: newPartyId(), role: "teller", authStrength: "password" };
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };

const folder = mkdtempSync(path.join(tmpdir(), "daybook-seals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const units = [
  ["BGN", 2],
  ["ZZZ", 0],
  ["QQQ", 4],
] as const;
const opened = new Map<string, AccountId>();

const of = (currency: string, minorUnits: bigint): Money => money(minorUnits, currency as Currency);
const accountIn = (currency: string): AccountId => {
  const id = opened.get(currency);
  if (!id) throw new Error(`no account in ${currency}`);
  return id;
};
const give1 = (type: "DepositMoney" | "WithdrawMoney", currency: string, amount: Money, actor: Actor) =>
  give({ type, accountId: accountIn(currency), amount, description: { plain: "за наема" } } as AccountCommand, {
    runtime,
    actor,
  });

beforeAll(async () => {
  for (const [currency, exponent] of units) {
    expect(parseOfferedCurrency(currency)).toBeUndefined();
    const opening = { masterKey: testSecrets.master, actor: holder, currency, exponent };
    opened.set(currency, await openInDroppedCurrency(database.owner, opening));
    expect(await give1("DepositMoney", currency, of(currency, 12_345n), holder)).toMatchObject({ kind: "done" });
    expect(await give1("WithdrawMoney", currency, of(currency, 45n), teller)).toMatchObject({ kind: "done" });
  }
  await runOnce(runtime);
});

test.each(units)("%s is refused and accepted as any currency is, with its own amounts", async (currency) => {
  const refused = async (amount: Money, type: "DepositMoney" | "WithdrawMoney" = "DepositMoney") => {
    const outcome = await give1(type, currency, amount, holder);
    return outcome.kind === "refused" ? outcome.refusal : outcome;
  };
  expect(await refused(eur(100n))).toMatchObject({ code: "currency_mismatch", expected: currency });
  expect(await refused(of(currency, 0n))).toMatchObject({ code: "amount_not_positive" });
  expect(await refused(of(currency, 12_301n), "WithdrawMoney")).toEqual({
    code: "insufficient_funds",
    available: of(currency, 12_300n),
    asked: of(currency, 12_301n),
  });
});

test.each([
  ["its holder", holder],
  ["a teller", teller],
  ["an auditor", auditor],
] as const)("%s sees the accounts in every list and on every page", async (_, actor) => {
  const list = await accountsFor(runtime.pool, actor, { limit: 10 });
  expect(list.unreadable).toBe(0n);
  expect(list.totals).toEqual(
    units
      .map(([currency, exponent]) => ({ currency, exponent, balance: 12_300n, accounts: 1n, held: 0n }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
  );
  for (const [currency, exponent] of units) {
    const id = accountIn(currency);
    const row = { accountId: id, currency, exponent, balance: 12_300n };
    expect(list.accounts).toContainEqual(expect.objectContaining(row));
    expect(await accountForViewer(runtime.pool, actor, id)).toMatchObject(row);

    const entries = (await entriesPage(runtime.pool, actor, id, { limit: 10 }))?.entries;
    expect(entries).toMatchObject([
      { amount: -45n, balance: 12_300n, description: "за наема" },
      { amount: 12_345n, balance: 12_345n },
      { type: "AccountOpened", amount: 0n },
    ]);
    expect((await dailyBalancesOf(runtime.pool, actor, id, undefined))?.days).toMatchObject([{ balance: 12_300n }]);

    const timeline = await timelinePage(runtime, actor, id, { order: "oldest", limit: 10 });
    expect(timeline?.events).toMatchObject([
      { type: "AccountOpened", balanceAfter: 0n },
      { amount: of(currency, 12_345n), balanceAfter: 12_345n, description: "за наема" },
      { amount: of(currency, 45n), balanceAfter: 12_300n },
    ]);
    expect(await eventDetail(runtime, actor, id, 2)).toMatchObject({ after: { currency, exponent, balance: 12_345n } });
    const at = { kind: "event", version: 2 } as const;
    expect(await accountAsOf(runtime, actor, { accountId: id, at })).toMatchObject({
      state: { currency, exponent, balance: 12_345n },
      entriesBalance: { kind: "equal" },
      damage: null,
    });
    expect(await balanceAsOf(runtime.pool, id, new Date())).toMatchObject({ balance: 12_300n });
  }
});

test("staff find what happened in them by amount, each in its own exponent", async () => {
  for (const actor of [teller, auditor]) {
    for (const [currency, exponent] of units) {
      const amounts = [{ exponent, minorUnits: 12_345n }];
      const { events } = await activityFor(runtime.pool, actor, { amounts, limit: 10 });
      expect(events).toMatchObject([{ currency, exponent, amount: 12_345n, accountId: accountIn(currency) }]);
    }
    expect((await activityFor(runtime.pool, actor, { limit: 100 })).events).toHaveLength(9);
  }
});

test("the book with them is sound, and sealed", async () => {
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true, accounts: 3 });
  const file = path.join(folder, "seals.txt");
  expect(await sealOnce({ pool: database.owner, keys: testSecrets, file })).toMatchObject({ found: [] });
});
