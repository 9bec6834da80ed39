import type { AccountCommand } from "@/domain/account/commands";

const words: Readonly<Record<AccountCommand["type"], string>> = {
  OpenAccount: "Opening",
  DepositMoney: "Deposit",
  WithdrawMoney: "Withdrawal",
  CloseAccount: "Closing",
};

/** What was asked for, in one word. */
export const commandWord = (type: AccountCommand["type"]): string => words[type];
