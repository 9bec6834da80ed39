import type { DepositSource } from "@/domain/account/deposit-source";
import type { Product } from "@/domain/account/product";
import type { PersonKey } from "./people";

/** What somebody's money does, in the words of that life. Amounts in minor units; days count from the book's first day. */
export type Life = {
  /** Hours that the household's clock is ahead of UTC; good enough for a life, not for a bank date. */
  utcOffset: number;
  accounts: readonly DemoAccount[];
};

export type DemoAccount = {
  key: string;
  holders: readonly [PersonKey, ...PersonKey[]];
  currency: string;
  product: Product;
  /** By a teller at the counter, or by the customer. Joint accounts need the teller. */
  openedBy: PersonKey;
  openedOnDay: number;
  /** All money goes and the account is closed. */
  closedOnDay?: number;
  /** What its holders call it. */
  nickname?: string;
  habits: readonly Habit[];
};

export type Range = readonly [min: bigint, max: bigint];
type Texts = readonly [string, ...string[]];
export type Flow = { amount: Range; texts: Texts /** Amounts are multiples of it. */; step?: bigint } & (
  | { flow: "in"; source: DepositSource }
  | { flow: "out" }
);

export type Habit =
  /** Once a month. `risePercent`: after each 12 months. `weekday`: pulled forward from weekends. */
  | (Flow & { every: "month"; on: number; weekday?: true; risePercent?: number; hour?: number })
  /** So many times a week on average, between two hours of the day. */
  | (Flow & { every: "week"; times: number; hours: readonly [from: number, to: number] })
  /** On named days of the book, by a teller if so. */
  | (Flow & { every: "once"; days: readonly number[]; by?: PersonKey; hour?: number })
  /** So many times a day during some days: a journey. */
  | (Flow & { every: "day"; times: number; from: number; days: number })
  /** Once a month all beyond `keep`, in whole steps, leaves: at the same moment into another account of the household, if named. */
  | { every: "saving"; on: number; keep: bigint; step: bigint; text: string; into?: { account: string; text: string } }
  /** Asks for more than there is: refused. The amount grows if there should be that much. `daysAgo` count back from the last day. */
  | { every: "overreach"; daysAgo: readonly number[]; amount: Range; step?: bigint; texts: Texts };
