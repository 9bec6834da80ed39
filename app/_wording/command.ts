import type { AccountCommand } from "@/domain/account/commands";

const words: Readonly<Record<AccountCommand["type"], string>> = {
  OpenAccount: "Opening",
  DepositMoney: "Deposit",
  WithdrawMoney: "Withdrawal",
  CloseAccount: "Closing",
};

/** What was asked for, in one word. The book may hold commands of a newer build, which go by their own name. */
export const commandWord = (type: AccountCommand["type"]): string =>
  Object.hasOwn(words, type) ? words[type] : `${type} (newer than this server)`;
