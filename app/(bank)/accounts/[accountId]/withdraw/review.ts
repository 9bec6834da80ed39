import { accountTitle } from "@/app/_components/account-name";
import { formatMoney } from "@/app/_components/money/format-money";
import type { CommandState } from "@/app/_forms/command-state";
import type { AccountView } from "@/app/_server/account";
import { currentBalance } from "@/app/_server/account";
import { refusalText } from "@/app/_wording/refusal";
import { money } from "@/domain/money/money";
import type { MoneyInput } from "../_money/read-money-form";

/** What the withdrawal would do, computed on the log itself. Nothing is held: the bank decides when it is posted. */
export async function reviewWithdrawal(
  account: AccountView,
  { typed, commandId, amount, description, format }: MoneyInput,
): Promise<CommandState> {
  const before = await currentBalance(account.accountId);
  if (amount.minorUnits > before) {
    const refusal = { code: "insufficient_funds" as const, available: money(before, account.currency), asked: amount };
    return { kind: "refused", typed, commandId, ...refusalText(refusal, format) };
  }
  const write = (minorUnits: bigint) =>
    formatMoney({ minorUnits, currency: account.currency, exponent: account.exponent }, format);
  const rows = [
    { label: "From", text: accountTitle(account) },
    ...(description ? [{ label: "Description", text: description.plain }] : []),
    { label: "Amount", text: write(amount.minorUnits) },
    { label: "Balance now", text: write(before) },
    { label: "Balance after", text: write(before - amount.minorUnits) },
  ];
  return { kind: "review", typed, commandId, rows, button: `Withdraw ${write(amount.minorUnits)}` };
}
