import type { AccountCommand } from "@/domain/account/commands";

/** Of a form that was sent again after it was done. `again`: the button that does it once more; undefined where that makes no sense. */
export type ReplayedWords = { title: string; text: string; again: string | undefined };

type Facts = { amount: string; at: string };

const words: Readonly<Record<AccountCommand["type"], (facts: Facts) => ReplayedWords>> = {
  OpenAccount: ({ at }) => ({
    title: "This form opened an account before",
    text: `It was opened on ${at}. Nothing was opened now.`,
    again: "Open another one",
  }),
  DepositMoney: ({ amount, at }) => ({
    title: `Booked before: deposit of ${amount}`,
    text: `This form was sent before, and was booked on ${at}. Nothing was booked now.`,
    again: `Deposit ${amount} again`,
  }),
  WithdrawMoney: ({ amount, at }) => ({
    title: `Booked before: withdrawal of ${amount}`,
    text: `This form was sent before, and was booked on ${at}. Nothing was booked now.`,
    again: `Withdraw ${amount} again`,
  }),
  CloseAccount: ({ at }) => ({
    title: "This account was closed before",
    text: `It was closed on ${at}. Nothing was done now.`,
    again: undefined,
  }),
};

/** True whether the first answer got lost or the person means to do it a second time: the bank cannot tell. */
export const replayedWords = (type: AccountCommand["type"], facts: Facts): ReplayedWords => words[type](facts);
