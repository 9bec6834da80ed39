import { type AccountId, type PartyId, parseAccountId, parsePartyId } from "../../ids";
import { exponentAtOpening, type OfferedCurrency, parseOfferedCurrency } from "../../money/currency";
import { type Money, money } from "../../money/money";
import { accountNumberFrom } from "../account-number";
import type { CloseAccount, DepositMoney, OpenAccount, WithdrawMoney } from "../commands";
import type { RecordedSource } from "../deposit-source";
import type { AccountEvent } from "../events";

/** Small words for specs: facts that happened, and commands that are given. */
export const accountId: AccountId = must(parseAccountId("acc_01jd0000000000000000000001"));
export const ada: PartyId = must(parsePartyId("pty_01jd000000000000000000000a"));
export const ben: PartyId = must(parsePartyId("pty_01jd000000000000000000000b"));
export const accountNumber = accountNumberFrom(1n);

export const currencyOf = (code: string): OfferedCurrency => must(parseOfferedCurrency(code));
export const EUR = currencyOf("EUR");
export const eur = (cents: bigint): Money => money(cents, EUR);

export function opened(currency: OfferedCurrency = EUR): AccountEvent {
  return {
    type: "AccountOpened",
    data: { accountNumber, currency, exponent: exponentAtOpening(currency), holders: [ada], product: "current" },
  };
}
export const deposited = (amount: Money, source: RecordedSource = "unknown"): AccountEvent => ({
  type: "MoneyDeposited",
  data: { amount, source },
});
export const withdrawn = (amount: Money): AccountEvent => ({ type: "MoneyWithdrawn", data: { amount } });
export const closed: AccountEvent = { type: "AccountClosed", data: {} };

export function open(change: Partial<OpenAccount> = {}): OpenAccount {
  return { type: "OpenAccount", accountId, accountNumber, currency: EUR, holders: [ada], product: "current", ...change };
}
export const deposit = (amount: Money): DepositMoney => ({ type: "DepositMoney", accountId, amount });
export const withdraw = (amount: Money): WithdrawMoney => ({ type: "WithdrawMoney", accountId, amount });
export const close: CloseAccount = { type: "CloseAccount", accountId };

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("An example is malformed");
  return value;
}
