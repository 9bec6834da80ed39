import type { AccountEvent } from "@/domain/account/events";

const words: Readonly<Record<AccountEvent["type"], string>> = {
  AccountOpened: "Account opened",
  MoneyDeposited: "Deposit",
  MoneyWithdrawn: "Withdrawal",
  AccountClosed: "Account closed",
};

/** What happened, in two words. */
export const eventWord = (type: AccountEvent["type"]): string => words[type];

/** The line of an entry: its description where there is one, else what happened. */
export const entryTitle = (entry: { type: AccountEvent["type"]; description: string | null }): string =>
  entry.description ?? eventWord(entry.type);
