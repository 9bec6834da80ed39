import { describe, expect, test } from "vitest";
import { AMOUNT_MAX, BALANCE_MAX } from "../money/money";
import { unopened } from "./account";
import { depositSources } from "./deposit-source";
import {
  accountNumber,
  ada,
  ben,
  close,
  closed,
  currencyOf,
  deposit,
  deposited,
  EUR,
  eur,
  open,
  opened,
  withdraw,
  withdrawn,
} from "./testing/examples";
import { fold, given } from "./testing/given";

const JPY = currencyOf("JPY");
const yen = { minorUnits: eur(5n).minorUnits, currency: JPY };
const full = Array.from({ length: Number(BALANCE_MAX / AMOUNT_MAX) }, () => deposited(eur(AMOUNT_MAX)));
const sealed = { enc: "1", key: "key_1", iv: "aa", ct: "bb" } as const;

describe("opening", () => {
  test("an account opens with its number, currency, exponent, holders and product", () => {
    given()
      .when(open({ currency: JPY, product: "savings", holders: [ada, ben] }))
      .thenEvents({
        type: "AccountOpened",
        data: { accountNumber, currency: JPY, exponent: 0, holders: [ada, ben], product: "savings" },
      });
  });
  test("a holder named twice holds it once", () => {
    given()
      .when(open({ holders: [ada, ada] }))
      .thenEvents(opened());
  });
  test("without a holder it is refused", () => {
    given()
      .when(open({ holders: [] }))
      .thenRefused({ code: "no_holder" });
  });
  test("an open account is not opened again", () => {
    given(opened()).when(open()).thenRefused({ code: "account_already_open" });
  });
  test("a closed account is not opened again", () => {
    given(opened(), closed).when(open()).thenRefused({ code: "account_closed" });
  });
});

describe("depositing", () => {
  test("money comes in", () => {
    given(opened())
      .when(deposit(eur(1n)))
      .thenEvents(deposited(eur(1n)));
  });
  test.each(depositSources)("by %s, if the asker says so", (source) => {
    given(opened())
      .when({ ...deposit(eur(1n)), source })
      .thenEvents(deposited(eur(1n), source));
  });
  test("the description is carried as it is, unseen", () => {
    given(opened())
      .when({ ...deposit(eur(1n)), description: sealed })
      .thenEvents({ type: "MoneyDeposited", data: { amount: eur(1n), source: "unknown", description: sealed } });
  });
  test("the largest amount is accepted, one more is refused", () => {
    given(opened())
      .when(deposit(eur(AMOUNT_MAX)))
      .thenEvents(deposited(eur(AMOUNT_MAX)));
    given(opened())
      .when(deposit(eur(AMOUNT_MAX + 1n)))
      .thenRefused({ code: "amount_too_large", limit: eur(AMOUNT_MAX) });
  });
  test.each([0n, -1n])("an amount of %s is refused", (cents) => {
    given(opened())
      .when(deposit(eur(cents)))
      .thenRefused({ code: "amount_not_positive" });
  });
  test("another currency is refused, naming both", () => {
    given(opened()).when(deposit(yen)).thenRefused({ code: "currency_mismatch", expected: EUR, given: JPY });
  });
  test("the balance may reach its limit and not pass it", () => {
    given(opened(), ...full.slice(1))
      .when(deposit(eur(AMOUNT_MAX)))
      .thenEvents(deposited(eur(AMOUNT_MAX)));
    given(opened(), ...full)
      .when(deposit(eur(1n)))
      .thenRefused({ code: "balance_limit_exceeded", limit: eur(BALANCE_MAX) });
  });
});

describe("withdrawing", () => {
  test("all of the balance may go", () => {
    given(opened(), deposited(eur(500n)))
      .when(withdraw(eur(500n)))
      .thenEvents(withdrawn(eur(500n)));
  });
  test("a withdrawal one cent beyond the balance is refused, naming what is available and what was asked", () => {
    given(opened(), deposited(eur(500n)))
      .when(withdraw(eur(501n)))
      .thenRefused({ code: "insufficient_funds", available: eur(500n), asked: eur(501n) });
  });
  test("what was withdrawn before is not available again", () => {
    given(opened(), deposited(eur(500n)), withdrawn(eur(300n)))
      .when(withdraw(eur(201n)))
      .thenRefused({ code: "insufficient_funds", available: eur(200n), asked: eur(201n) });
  });
  test.each(depositSources)("by %s, if the asker says so", (source) => {
    given(opened())
      .when({ ...deposit(eur(1n)), source })
      .thenEvents(deposited(eur(1n), source));
  });
  test("the description is carried as it is, unseen", () => {
    given(opened(), deposited(eur(1n)))
      .when({ ...withdraw(eur(1n)), description: sealed })
      .thenEvents({ type: "MoneyWithdrawn", data: { amount: eur(1n), description: sealed } });
  });
  test.each([0n, -1n])("an amount of %s is refused", (cents) => {
    given(opened(), deposited(eur(1n)))
      .when(withdraw(eur(cents)))
      .thenRefused({ code: "amount_not_positive" });
  });
  test("an amount beyond the largest is refused as such, whatever the balance", () => {
    given(opened(), ...full)
      .when(withdraw(eur(AMOUNT_MAX + 1n)))
      .thenRefused({ code: "amount_too_large", limit: eur(AMOUNT_MAX) });
  });
  test("another currency is refused, naming both", () => {
    given(opened()).when(withdraw(yen)).thenRefused({ code: "currency_mismatch", expected: EUR, given: JPY });
  });
});

describe("closing", () => {
  test("an account at zero closes", () => {
    given(opened(), deposited(eur(1n)), withdrawn(eur(1n)))
      .when(close)
      .thenEvents(closed);
  });
  test("with money on it, it is refused, naming the balance", () => {
    given(opened(), deposited(eur(1n)))
      .when(close)
      .thenRefused({ code: "balance_not_zero", balance: eur(1n) });
  });
});

describe.each([
  ["a deposit", deposit(eur(1n))],
  ["a withdrawal", withdraw(eur(1n))],
  ["closing", close],
])("%s", (_, command) => {
  test("is refused before the account is opened", () => {
    given().when(command).thenRefused({ code: "account_not_open" });
  });
  test("is refused after the account was closed", () => {
    given(opened(), closed).when(command).thenRefused({ code: "account_closed" });
  });
});

describe("the fold", () => {
  test("knows number, currency, holders, product and balance, and nothing a person wrote", () => {
    expect(
      fold([opened(), { type: "MoneyDeposited", data: { amount: eur(7n), source: "salary", description: sealed } }]),
    ).toEqual({
      status: "open",
      accountNumber,
      currency: EUR,
      exponent: 2,
      holders: [ada],
      product: "current",
      balance: 7n,
    });
  });
  test.each([
    ["an opening of an open account", [opened(), opened()]],
    ["a deposit before the opening", [deposited(eur(1n))]],
    ["a deposit after the closing", [opened(), closed, deposited(eur(1n))]],
    ["another currency", [opened(), deposited(yen)]],
    ["a negative amount", [opened(), deposited(eur(-1n))]],
    ["a withdrawal of more than there is", [opened(), withdrawn(eur(1n))]],
    ["a closing with money on it", [opened(), deposited(eur(1n)), closed]],
  ])("throws on %s: the book is corrupt", (_, history) => {
    expect(() => fold(history)).toThrow(/^Impossible /);
  });
  test("starts from nothing", () => {
    expect(fold([])).toBe(unopened);
  });
});
