import { accountTitle } from "@/app/_components/account-name";
import { formatMoney } from "@/app/_components/money/format-money";
import type { CommandState } from "@/app/_forms/command-state";
import type { AccountView } from "@/app/_server/account";
import type { Account } from "@/domain/account/account";
import type { MoneyInput } from "../_money/read-money-form";

/** The withdrawal once more before it is booked, with the balance before and after as the bank computed them. Nothing is held. */
export function withdrawalReview(
  account: AccountView,
  { typed, commandId, amount, description, format }: MoneyInput,
  [before, after]: readonly [Account, Account],
): CommandState {
  const write = (minorUnits: bigint) =>
    formatMoney({ minorUnits, currency: account.currency, exponent: account.exponent }, format);
  const rows = [
    { label: "From", text: accountTitle(account) },
    ...(description ? [{ label: "Description", text: description.plain }] : []),
    { label: "Amount", text: write(amount.minorUnits) },
    { label: "Balance now", text: write(balanceOf(before)) },
    { label: "Balance after", text: write(balanceOf(after)) },
  ];
  return { kind: "review", typed, commandId, rows, button: `Withdraw ${write(amount.minorUnits)}` };
}

const balanceOf = (account: Account): bigint => (account.status === "unopened" ? 0n : account.balance);
