import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { exponentAtOpening, type OfferedCurrency } from "@/domain/money/currency";
import { money } from "@/domain/money/money";
import { allocateAccount } from "@/infra/commands/allocate-account";
import { customer, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { exportJournal } from "./export-journal";
import { cashAccount, customerAccount } from "./journal-entry";
import { checkJournal, readJournal } from "./read-journal";

const { database, runtime } = await testRuntime();
const hostile = ["; comment", "* (1) !  x", "a | b", "P 2020-01-01 EUR 1 KWD", "\n2020-01-01 forged\n    assets:cash  1 EUR\n"];

beforeAll(async () => {
  await makeHistory(runtime, { accounts: 3, commands: 1_500, seed: 11 }); // more than one page
  for (const code of ["JPY", "KWD", "CLF", "USD"]) await liveIn(code as OfferedCurrency);
  await runOnce(runtime);
});

/** Amounts of every size, each with a hostile text, and some of it out again. */
async function liveIn(currency: OfferedCurrency): Promise<void> {
  const actor = customer();
  const accounts: AccountId[] = [];
  for (let i = 0; i < 2; i++) {
    const { accountId, accountNumber } = await allocateAccount(runtime.pools.writer);
    await give(
      { type: "OpenAccount", accountId, accountNumber, currency, holders: [actor.partyId], product: "savings" },
      { runtime, actor },
    );
    accounts.push(accountId);
  }
  for (const [i, amount] of [1n, 99n, 10n ** 15n, 123_456_789n, 5n].entries())
    for (const accountId of accounts) {
      const description = { plain: hostile[i] ?? "" };
      await give({ type: "DepositMoney", accountId, amount: money(amount, currency), description }, { runtime, actor });
      await give({ type: "WithdrawMoney", accountId, amount: money(1n, currency), description }, { runtime, actor });
    }
}

async function exported(withTexts: boolean): Promise<string> {
  let text = "";
  for await (const { lines } of exportJournal(runtime.pool, { bookId: "book_test", withTexts })) text += lines;
  return text;
}

test("the journal balances, its assertions hold, and it ends in the balances of the read model, in every currency", async () => {
  const journal = readJournal(await exported(true));
  const balances = checkJournal(journal);
  const { rows } = await database.pool.query<{ number: string; currency: OfferedCurrency; balance: string }>(
    "select account_number as number, currency, balance::text from account_balances",
  );
  const cash = new Map<string, bigint>();
  for (const { number, currency, balance } of rows) {
    expect(balances.get(`${customerAccount(number)} ${currency}`) ?? 0n).toBe(-BigInt(balance));
    cash.set(currency, (cash.get(currency) ?? 0n) + BigInt(balance));
    expect(journal.commodities.get(currency)).toBe(exponentAtOpening(currency));
  }
  expect([...cash.keys()].sort()).toEqual(["CLF", "EUR", "JPY", "KWD", "USD"]);
  for (const [currency, sum] of cash) expect(balances.get(`${cashAccount} ${currency}`)).toBe(sum);
});

test("every movement of the log is there once, by its name and the bank's date", async () => {
  const { transactions } = readJournal(await exported(false));
  const { rows } = await database.pool.query<{ name: string; date: string }>(
    `select stream_id || '@' || version as name, metadata ->> 'bankDate' as date from events
      where type in ('MoneyDeposited', 'MoneyWithdrawn') order by position`,
  );
  expect(
    transactions.map(({ code, date, comment }) => ({ name: code, date: /bankDate:(\S+)/.exec(comment)?.[1] ?? date })),
  ).toEqual(rows);
});

test("what people wrote is told only where it is asked for", async () => {
  expect(await exported(false)).not.toMatch(/rent \d|forged|\|/);
  expect(await exported(true)).toMatch(/Deposit \| rent \d+\n/);
});

test("a read model that lost rows is no journal", async () => {
  await database.owner.query("create table kept as select * from account_entries where position = 700");
  await database.owner.query("delete from account_entries where position = 700");
  await expect(exported(false)).rejects.toThrow("no row for position 700");
  await database.owner.query("insert into account_entries select * from kept");
});

// Where a run must prove it with the program itself, DAYBOOK_REQUIRE_HLEDGER says so.
const needed = process.env.DAYBOOK_REQUIRE_HLEDGER === "1";
test.skipIf(!needed && !hasHledger())("hledger itself finds nothing wrong with it", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "daybook-journal-"));
  try {
    for (const withTexts of [false, true]) {
      const file = path.join(folder, "book.journal");
      writeFileSync(file, await exported(withTexts));
      await hledger(file, "check", "--strict", "ordereddates");
      const { stdout } = await hledger(file, "balance", "--flat", "-O", "csv", "not:assets");
      expect(stdout.split("\n").length).toBeGreaterThan(8);
      writeFileSync(file, (await exported(withTexts)).replace(/ = -([1-9])/, " = -9$1"));
      await expect(hledger(file, "check", "--strict")).rejects.toThrow(/assertion/);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function hledger(file: string, ...args: string[]) {
  return promisify(execFile)("hledger", ["-f", file, ...args], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
}

function hasHledger(): boolean {
  try {
    execFileSync("hledger", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
