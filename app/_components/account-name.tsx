import { type AccountNumber, formatAccountNumber } from "@/domain/account/account-number";

/** What an account is called: the viewer's own nickname, else its kind and currency. */
export function accountTitle(account: { nickname: string | null; product: string; currency: string }): string {
  return account.nickname ?? `${account.product === "savings" ? "Savings" : "Current"} account in ${account.currency}`;
}

/** The number in groups of four, in one line. */
export function AccountNumberText({ number }: { number: AccountNumber }) {
  return <span className="mono whitespace-nowrap">{formatAccountNumber(number)}</span>;
}
