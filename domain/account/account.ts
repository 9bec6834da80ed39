import type { PartyId } from "../ids";
import { type Currency, exponentAtOpening } from "../money/currency";
import { AMOUNT_MAX, BALANCE_MAX, type MinorUnits, type Money, minorUnits, money } from "../money/money";
import { ok, type Result, refuse } from "../result";
import { unreachable } from "../unreachable";
import type { AccountNumber } from "./account-number";
import type { AccountCommand, DepositMoney, OpenAccount, WithdrawMoney } from "./commands";
import type { AccountEvent } from "./events";
import type { Product } from "./product";
import type { AccountRefusal } from "./refusals";

/** The state that decisions stand on: the fold of the account's events. */
export type Account =
  | { status: "unopened" }
  | {
      status: "open" | "closed";
      accountNumber: AccountNumber;
      currency: Currency;
      exponent: number;
      holders: readonly PartyId[];
      product: Product;
      balance: MinorUnits;
    };

export type OpenedAccount = Extract<Account, { status: "open" | "closed" }>;

type Decision = Result<readonly AccountEvent[], AccountRefusal>;

/** Counts changes of the fold: a snapshot made by another revision is ignored. */
export const accountFoldRevision = 1;

export const unopened: Account = { status: "unopened" };

/** What the command makes happen, or why it may not. Pure: the same command and state decide alike for ever. */
export function decide(command: AccountCommand, account: Account): Decision {
  if (command.type === "OpenAccount") return open(command, account);
  if (account.status === "unopened") return refuse({ code: "account_not_open" });
  if (account.status === "closed") return refuse({ code: "account_closed" });
  switch (command.type) {
    case "DepositMoney":
      return deposit(command, account);
    case "WithdrawMoney":
      return withdraw(command, account);
    case "CloseAccount":
      return close(account);
    default:
      return unreachable(command);
  }
}

/** The state after one more event. Total over what can have happened; anything else is a corrupt book and throws. */
export function evolve(account: Account, event: AccountEvent): Account {
  switch (event.type) {
    case "AccountOpened":
      if (account.status !== "unopened") throw new ImpossibleEvent(event, `the account is ${account.status}`);
      return { status: "open", ...event.data, balance: minorUnits(0n) };
    case "MoneyDeposited":
      return moved(account, event, 1n);
    case "MoneyWithdrawn":
      return moved(account, event, -1n);
    case "AccountClosed": {
      const before = mustBeOpen(account, event);
      if (before.balance !== 0n) throw new ImpossibleEvent(event, `the balance is ${before.balance}`);
      return { ...before, status: "closed" };
    }
    default:
      return unreachable(event);
  }
}

/** An event that no decision can have made: the history was altered, or read in the wrong order. */
export class ImpossibleEvent extends Error {
  constructor(event: AccountEvent, why: string) {
    super(`Impossible ${event.type}: ${why}`);
    this.name = "ImpossibleEvent";
  }
}

function open({ accountNumber, currency, holders, product }: OpenAccount, account: Account): Decision {
  if (account.status === "open") return refuse({ code: "account_already_open" });
  if (account.status === "closed") return refuse({ code: "account_closed" });
  if (holders.length === 0) return refuse({ code: "no_holder" });
  const data = { accountNumber, currency, exponent: exponentAtOpening(currency), holders: [...new Set(holders)], product };
  return ok([{ type: "AccountOpened", data }]);
}

function deposit(command: DepositMoney, account: OpenedAccount): Decision {
  const refusal = amountRefusal(command.amount, account);
  if (refusal !== undefined) return refuse(refusal);
  if (account.balance + command.amount.minorUnits > BALANCE_MAX) {
    return refuse({ code: "balance_limit_exceeded", limit: money(BALANCE_MAX, account.currency) });
  }
  return ok([{ type: "MoneyDeposited", data: { ...movement(command), source: command.source ?? "unknown" } }]);
}

function withdraw(command: WithdrawMoney, account: OpenedAccount): Decision {
  const refusal = amountRefusal(command.amount, account);
  if (refusal !== undefined) return refuse(refusal);
  if (command.amount.minorUnits > account.balance) {
    return refuse({
      code: "insufficient_funds",
      available: money(account.balance, account.currency),
      asked: command.amount,
    });
  }
  return ok([{ type: "MoneyWithdrawn", data: movement(command) }]);
}

function close(account: OpenedAccount): Decision {
  if (account.balance !== 0n) {
    return refuse({ code: "balance_not_zero", balance: money(account.balance, account.currency) });
  }
  return ok([{ type: "AccountClosed", data: {} }]);
}

function amountRefusal(amount: Money, account: OpenedAccount): AccountRefusal | undefined {
  if (amount.currency !== account.currency) {
    return { code: "currency_mismatch", expected: account.currency, given: amount.currency };
  }
  if (amount.minorUnits <= 0n) return { code: "amount_not_positive" };
  if (amount.minorUnits > AMOUNT_MAX) return { code: "amount_too_large", limit: money(AMOUNT_MAX, account.currency) };
  return undefined;
}

function movement({ amount, description }: DepositMoney | WithdrawMoney) {
  return description === undefined ? { amount } : { amount, description };
}

type Movement = Extract<AccountEvent, { type: "MoneyDeposited" | "MoneyWithdrawn" }>;

function moved(account: Account, event: Movement, sign: 1n | -1n): Account {
  const before = mustBeOpen(account, event);
  const { minorUnits: amount, currency } = event.data.amount;
  if (currency !== before.currency) throw new ImpossibleEvent(event, `${currency} on an account in ${before.currency}`);
  if (amount <= 0n) throw new ImpossibleEvent(event, `an amount of ${amount}`);
  const balance = before.balance + sign * amount;
  if (balance < 0n) throw new ImpossibleEvent(event, `it leaves a balance of ${balance}`);
  return { ...before, balance: minorUnits(balance) };
}

function mustBeOpen(account: Account, event: AccountEvent): OpenedAccount {
  if (account.status !== "open") throw new ImpossibleEvent(event, `the account is ${account.status}`);
  return account;
}
