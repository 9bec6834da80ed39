import type { DepositSource } from "@/domain/account/deposit-source";
import { unreachable } from "@/domain/unreachable";
import { type Days, instantOf, monthly } from "./days";
import type { DemoAccount, Flow, Habit, Range } from "./life";
import type { PersonKey } from "./people";
import type { Chance } from "./random";

/** Something that a life would do at a moment; whether there is money for it shows only when the book gets there. */
export type Moment = { at: Date; account: string } & (
  | { wish: "open" | "close"; by: PersonKey }
  | { wish: "in"; by: PersonKey; amount: bigint; text: string; source: DepositSource }
  | { wish: "out"; by: PersonKey; amount: bigint; text: string }
  | { wish: "save"; by: PersonKey; habit: Extract<Habit, { every: "saving" }> }
  /** Asks for more than there is, whatever there is. */
  | { wish: "overreach"; by: PersonKey; amount: bigint; text: string }
);

type Setting = { account: DemoAccount; utcOffset: number; days: Days; chance: Chance };

/** All moments of one habit; not in order. */
export function momentsOf(habit: Habit, setting: Setting): Moment[] {
  switch (habit.every) {
    case "month":
      return monthly(setting.days, habit.on, habit.weekday).map(({ day, monthsSince }) => {
        const risen = (100n + BigInt(habit.risePercent ?? 0)) ** BigInt(Math.floor(monthsSince / 12));
        const scale = 100n ** BigInt(Math.floor(monthsSince / 12));
        return move(habit, setting, day, habit.hour ?? 6, { amount: (amountOf(habit, setting.chance) * risen) / scale });
      });
    case "week":
      return spread(setting.days.count, habit.times / 7, setting.chance).map((day) => {
        const [from, to] = habit.hours;
        return move(habit, setting, day, from + setting.chance.real() * (to - from), {});
      });
    case "once":
      return habit.days.map((day) => move(habit, setting, day, habit.hour ?? 11, habit.by ? { by: habit.by } : {}));
    case "day":
      return spread(habit.days, habit.times, setting.chance).map((day) =>
        move(habit, setting, habit.from + day, 8 + setting.chance.real() * 14, {}),
      );
    case "saving":
      return monthly(setting.days, habit.on).map(({ day }) => ({ ...place(setting, day, 7), wish: "save", habit }));
    case "overreach":
      return habit.daysAgo.map((ago) => {
        const { chance, days } = setting;
        const wish = { wish: "overreach" as const, amount: amountOf(habit, chance), text: chance.pick(habit.texts) };
        return { ...place(setting, days.count - 1 - ago, 10 + 8 * chance.real()), ...wish };
      });
    default:
      return unreachable(habit);
  }
}

function move(flow: Flow, setting: Setting, day: number, hour: number, change: { amount?: bigint; by?: PersonKey }): Moment {
  const { chance } = setting;
  return {
    ...place(setting, day, hour),
    ...(flow.flow === "in" ? { wish: flow.flow, source: flow.source } : { wish: flow.flow }),
    amount: amountOf(flow, chance),
    text: chance.pick(flow.texts),
    ...change,
  };
}

function place({ account, utcOffset, days, chance }: Setting, day: number, hour: number) {
  const minutes = chance.real() / 2; // nobody does anything on the hour
  return { at: instantOf(days, day, hour + minutes, utcOffset), account: account.key, by: chance.pick(account.holders) };
}

/** Small amounts more often than large ones. */
function amountOf({ amount: [min, max], step = 1n }: { amount: Range; step?: bigint }, chance: Chance): bigint {
  const [a, b] = [chance.between(min, max), chance.between(min, max)];
  const amount = a < b ? a : b;
  return amount < step ? step : amount - (amount % step);
}

/** Days with so many happenings on average, each day its own chance. */
function spread(days: number, perDay: number, chance: Chance): number[] {
  const found: number[] = [];
  for (let day = 0; day < days; day++) {
    for (let left = perDay; left > 0; left -= 1) if (chance.real() < left) found.push(day);
  }
  return found;
}
