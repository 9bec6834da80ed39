import { afterAll, beforeAll, expect, test } from "vitest";
import { startSealer } from "@/infra/seals/sealer";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { until } from "@/infra/testing/until";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import { accountForViewer } from "../account-balances/queries";
import { startRunner } from "../runner";
import { verifyBook } from "../verify/verify-book";
import { isLevel, isSealed } from "./whole-book";

let book: OwnBook;
beforeAll(async () => {
  book = await ownBook({ settings: ["autovacuum=off"] });
});
afterAll(() => book.close());

const readsOfAll = 5; // the checks at the end of a verification hold whole tables against each other, each a few times
const rounds = 100;
const fewRows = 10; // a table that stays this small, as the readers' checkpoints do, may be read whole each time: that costs no more as the book grows
const accountsCount = 60;
const events = accountsCount * (rounds + 1);

/** Tables of which more than so many rows were read from end to end, by connections that have ended. */
function readWhole(rowsMax: number): Promise<{ name: string; scans: number; rows: number }[]> {
  return book.asOwner(
    `select relname as name, seq_scan::int as scans, seq_tup_read::int as rows from pg_stat_user_tables
      where seq_tup_read > $1 and seq_tup_read > $2 * seq_scan order by 1`,
    [rowsMax, fewRows],
  );
}

test("a book filled from empty that nobody ever analyses: no table is read from end to end, however it grows", async () => {
  const bank = book.runtime();
  startRunner(bank);
  startSealer(bank, book.sealFile, { paceMs: 20, lookMs: 20 });
  const actor = customer();
  const accounts = await Promise.all(Array.from({ length: accountsCount }, () => openAccount(bank, actor)));
  for (let round = 0; round < rounds; round++) {
    const outcomes = await Promise.all(
      accounts.map((id) => give(round % 5 === 4 ? withdraw(id, 2n) : deposit(id, 3n, "rent"), { runtime: bank, actor })),
    );
    expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
    const [asked] = accounts;
    if (!asked) throw new Error("no account");
    await accountForViewer(bank.pool, actor, asked);
    await balanceAsOf(bank.pool, asked, new Date());
    const at = { kind: "time", t: new Date() } as const;
    for (let times = 0; times < 3; times++) await accountAsOf(bank, actor, { accountId: asked, at });
  }
  await until("every reader is level", () => isLevel(bank));
  await until("the whole log is sealed", () => isSealed(bank));
  await bank.close(); // a connection that ends hands in its figures

  expect(await readWhole(3 * events)).toEqual([]);
});

test("and a verification of it reads no table from end to end for each page or seal", async () => {
  await book.asOwner("select pg_stat_reset()");
  const bank = book.runtime();
  expect(await verifyBook(bank, () => {}, { sealFile: book.sealFile })).toMatchObject({ ok: true });
  await bank.close();
  expect(await readWhole(readsOfAll * events)).toEqual([]);
});
