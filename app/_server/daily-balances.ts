import { notFound } from "next/navigation";
import { runtime } from "@/infra/runtime";
import { type DayBalance, dailyBalancesOf } from "@/projections/daily-balances/queries";
import { addMonths, wallTimeAt } from "../_moments/zoned";
import type { AccountView } from "./account";
import { bankZone } from "./book";
import type { Viewer } from "./viewer";

export const chartRanges = ["1m", "3m", "1y", "all"] as const;
export type ChartRange = (typeof chartRanges)[number];

/**
 * Days in the bank's zone, oldest first. The first point is the balance that the range began with, the
 * last that of today. `unreadable`: days that cannot be shown, and are in neither.
 */
export type BalanceHistory = {
  range: ChartRange;
  zone: string;
  points: readonly DayBalance[];
  days: readonly DayBalance[];
  unreadable: number;
};

const months: Readonly<Record<ChartRange, number | undefined>> = { "1m": 1, "3m": 3, "1y": 12, all: undefined };

/** Balances at the ends of days, up to today or to where the account is held; 404 where the viewer may not see the account. */
export async function balanceHistory(
  { actor }: Viewer,
  { accountId, held }: Pick<AccountView, "accountId" | "held">,
  range: ChartRange,
): Promise<BalanceHistory> {
  const zone = await bankZone();
  const now = wallTimeAt(new Date(), zone);
  const back = months[range];
  const since = back === undefined ? undefined : isoDay(addMonths(now, -back));
  const found = (await dailyBalancesOf(runtime().pool, actor, accountId, since)) ?? notFound();
  const { before, days, unreadable } = found;
  const first = before && since !== undefined && days[0]?.day !== since ? [{ day: since, balance: before.balance }] : [];
  const last = days.at(-1) ?? first.at(-1);
  const today = isoDay(now);
  const end = last && last.day < today && held.daily_balances === undefined ? [{ day: today, balance: last.balance }] : [];
  return { range, zone, points: [...first, ...days, ...end], days, unreadable };
}

const isoDay = ({ year, month, day }: { year: number; month: number; day: number }): string =>
  `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
