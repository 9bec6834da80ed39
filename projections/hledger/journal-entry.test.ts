import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountNumber } from "@/domain/account/account-number";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { Currency } from "@/domain/money/currency";
import { money } from "@/domain/money/money";
import type { EventMetadata } from "@/infra/event-log/codec/metadata";
import { type JournalEvent, journalEntry } from "./journal-entry";
import { journalText } from "./journal-text";
import { checkJournal, readJournal } from "./read-journal";

const streamId = "acc_01890a5d3x0000000000000001" as AccountId;
const account = { accountNumber: "DB420000000001" as AccountNumber, currency: "KWD" as Currency, exponent: 3 };
const head = "commodity 1000.000 KWD\naccount assets:cash\n";

function entry(version: number, event: AccountEvent, balance: bigint, text: string | null = null): JournalEvent {
  return {
    stored: { streamId, version, event, metadata: { bankDate: "2026-02-28" } as EventMetadata },
    ...account,
    balance,
    text,
  };
}

const opened = entry(1, { type: "AccountOpened", data: { ...account, holders: [], product: "current" } }, 0n);
const deposited = (text: string | null) =>
  entry(2, { type: "MoneyDeposited", data: { amount: money(12_345n, account.currency), source: "cash" } }, 12_345n, text);

test("a deposit is what the bank has in cash and owes the customer, with the balance after it asserted", () => {
  expect(journalEntry(deposited("rent"), "2026-02-28")).toBe(`
2026-02-28 * (${streamId}@2) Deposit | rent
    liabilities:customers:DB420000000001  -12.345 KWD = -12.345 KWD
    assets:cash  12.345 KWD
`);
});

test("a bank's date before the one above goes into a tag", () => {
  expect(journalEntry(deposited(null), "2026-03-01")).toContain(`2026-03-01 * (${streamId}@2) Deposit  ; bankDate:2026-02-28\n`);
});

const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(
      ..."\n;\r\n;|;\u0000;\t;\v;\u0085;\u2028;\u2029;\u202e;\u200b;\ud800;  ; !;* ;(code) ;)".split(";"),
      ";",
      "; date:2020-01-01",
      "\n2020-01-01 forged\n    assets:cash  1 EUR\n    equity  -1 EUR\n",
      "\ninclude /etc/passwd\n",
      "\n\ncomment\n",
      "~ monthly",
      "= expr",
      "P 2020-01-01 EUR 1 KWD",
      "👩‍👩‍👧",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
  { maxLength: 8 },
);

test("whatever a person wrote, the journal holds that one transaction, its legs and its description, and nothing else", () => {
  fc.assert(
    fc.property(hostile, (parts) => {
      const text = parts.join("");
      const journal = readJournal(`${head}${journalEntry(opened, "2026-02-28")}${journalEntry(deposited(text), "2026-02-28")}`);
      expect([...checkJournal(journal)]).toEqual([
        ["liabilities:customers:DB420000000001 KWD", -12_345n],
        ["assets:cash KWD", 12_345n],
      ]);
      const said = journalText(text);
      expect(journal.transactions).toMatchObject([
        { date: "2026-02-28", code: `${streamId}@2`, description: said ? `Deposit | ${said}` : "Deposit", comment: "" },
      ]);
    }),
    { numRuns: 2_000 },
  );
});

test("a harmless text stays as it was written", () => {
  for (const text of ["Miete März, 3. Rate (Wohnung)", "café — 5 €", "👩‍👩‍👧 family", "שכר דירה"])
    expect(journalText(text)).toBe(text);
});
