import { accountTitle } from "@/app/_components/account-name";
import { formatMoney } from "@/app/_components/money/format-money";
import type { CommandState } from "@/app/_forms/command-state";
import type { AccountView } from "@/app/_server/account";
import { currentAccount } from "@/app/_server/account";
import { refusalText } from "@/app/_wording/refusal";
import { type Account, decide, evolve } from "@/domain/account/account";
import type { MoneyInput } from "../_money/read-money-form";

/**
 * What the withdrawal would do, by the rules that will decide it, on the log itself. Nothing is held and nothing is recorded: the bank
 * decides when it is posted.
 */
export async function reviewWithdrawal(
  account: AccountView,
  { typed, commandId, amount, description, format }: MoneyInput,
): Promise<CommandState> {
  const before = await currentAccount(account.accountId);
  const preview = decide({ type: "WithdrawMoney", accountId: account.accountId, amount }, before);
  if (!preview.ok) return { kind: "refused", typed, commandId, ...refusalText(preview.refusal, format) };
  const write = (minorUnits: bigint) =>
    formatMoney({ minorUnits, currency: account.currency, exponent: account.exponent }, format);
  const rows = [
    { label: "From", text: accountTitle(account) },
    ...(description ? [{ label: "Description", text: description.plain }] : []),
    { label: "Amount", text: write(amount.minorUnits) },
    { label: "Balance now", text: write(balanceOf(before)) },
    { label: "Balance after", text: write(balanceOf(preview.value.reduce(evolve, before))) },
  ];
  return { kind: "review", typed, commandId, rows, button: `Withdraw ${write(amount.minorUnits)}` };
}

const balanceOf = (account: Account): bigint => (account.status === "unopened" ? 0n : account.balance);
