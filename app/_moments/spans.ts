import { unreachable } from "@/domain/unreachable";
import type { Stretch, Unit, When, Which } from "./meaning";
import { isNear } from "./moment-range";
import { addDays, addMonths, isCalendar, type WallTime, weekdayOf } from "./zoned";

export type Named = "instant" | "minute" | "day" | "week" | "month" | "quarter" | "year";

/** Days of the calendar, from the first to before `afterLast`. */
export type Span = {
  first: WallTime;
  afterLast: WallTime;
  named: Named;
  /** Whether the name is also said of one that has begun and is not over. Nobody says "Tuesday" on a Tuesday. */
  mayRun: boolean;
};

export type SpanProblem = { code: "no_such_day" } | { code: "other_weekday"; weekday: number; day: WallTime };

/** How far back a day without a year is looked for: 29 February may be missing for eight years. */
const yearsBackMax = 8;
const monthsBackMax = 2; // a day that one month lacks the month before has

/** What was named, the latest first: one span, or all that it can be where no year, month or week was named. */
export function spansOf(when: When, today: WallTime): readonly Span[] | SpanProblem {
  switch (when.kind) {
    case "date":
      return spansOfDate(when, today);
    case "day":
      return [dayAt(addDays(today, -when.back))];
    case "day_of_month":
      return spansOfDayOfMonth(when, today);
    case "weekday":
      return spansOfWeekday(when, today);
    case "weekday_of_week":
      return [dayAt(addDays(today, when.weekday - weekdayOf(today) - 7 * when.weeksBack))];
    case "unit":
      return [spanOfUnit(when, today)];
    case "month":
      return spansOfMonth(when, today);
    case "quarter":
      return when.quarter < 1 || when.quarter > 4
        ? { code: "no_such_day" }
        : yearsOf(when.year, today).map((year) => monthsFrom(today, { year, month: when.quarter * 3 - 2 }, 3, "quarter"));
    case "year":
      return [monthsFrom(today, { year: when.year, month: 1 }, 12, "year")];
    case "before":
      return spansBefore(when, today);
    default:
      return unreachable(when);
  }
}

const dayAt = (first: WallTime, mayRun = true): Span => ({ first, afterLast: addDays(first, 1), named: "day", mayRun });

function monthsFrom(today: WallTime, at: { year: number; month: number }, count: number, named: Named): Span {
  const first = { ...today, ...at, day: 1 };
  return { first, afterLast: isNear(at.year) ? addMonths(first, count) : first, named, mayRun: true };
}

/** Of no year: this one and those before it. */
const yearsOf = (year: number | undefined, today: WallTime): readonly number[] =>
  year === undefined ? Array.from({ length: yearsBackMax + 1 }, (_, back) => today.year - back) : [year];

function spansOfDate({ year, month, day, weekday }: Extract<When, { kind: "date" }>, today: WallTime) {
  const days = yearsOf(year, today)
    .map((year): WallTime => ({ ...today, year, month, day }))
    .filter((wall) => !isNear(wall.year) || isCalendar(wall));
  const meant = year === undefined ? days.find((wall) => isBefore(wall, addDays(today, 1))) : days[0];
  if (meant === undefined) return { code: "no_such_day" } as const;
  if (weekday !== undefined && isNear(meant.year) && weekdayOf(meant) !== weekday)
    return { code: "other_weekday", weekday: weekdayOf(meant), day: meant } as const;
  return days.map((wall) => dayAt(wall));
}

function spansOfDayOfMonth({ day, monthsBack }: Extract<When, { kind: "day_of_month" }>, today: WallTime) {
  const asked = monthsBack === undefined ? Array.from({ length: monthsBackMax + 1 }, (_, back) => back) : [monthsBack];
  const days = asked.map((back) => ({ ...addMonths({ ...today, day: 1 }, -back), day })).filter(isCalendar);
  return days.length === 0 ? ({ code: "no_such_day" } as const) : days.map((wall) => dayAt(wall));
}

/** The day of this name that has passed; "this" is of this week, "next" of those to come. */
function spansOfWeekday({ weekday, which }: Extract<When, { kind: "weekday" }>, today: WallTime): readonly Span[] {
  const sinceThen = (weekdayOf(today) - weekday + 7) % 7;
  if (which === "this") return [dayAt(addDays(today, weekday - weekdayOf(today)))];
  if (which === "next") return [dayAt(addDays(today, 7 - sinceThen))];
  const last = dayAt(addDays(today, -(sinceThen || 7)), false);
  return sinceThen === 0 && which === undefined ? [dayAt(today, false), last] : [last];
}

function spanOfUnit({ unit, back }: Extract<When, { kind: "unit" }>, today: WallTime): Span {
  switch (unit) {
    case "day":
      return dayAt(addDays(today, -back));
    case "week": {
      const first = addDays(today, -weekdayOf(today) - 7 * back);
      return { first, afterLast: addDays(first, 7), named: "week", mayRun: true };
    }
    case "month":
      return monthsBefore(today, today.month, back, "month");
    case "quarter":
      return monthsBefore(today, today.month - ((today.month - 1) % 3), back, "quarter");
    case "year":
      return monthsBefore(today, 1, back, "year");
    default:
      return unreachable(unit);
  }
}

const lengthOf = { month: 1, quarter: 3, year: 12 } as const;

function monthsBefore(today: WallTime, month: number, back: number, named: keyof typeof lengthOf): Span {
  const first = addMonths({ ...today, month, day: 1 }, -back * lengthOf[named]);
  return monthsFrom(today, first, lengthOf[named], named);
}

function spansOfMonth({ month, year, which }: Extract<When, { kind: "month" }>, today: WallTime) {
  if (month < 1 || month > 12) return { code: "no_such_day" } as const;
  const spans = yearsAround(year, which, today).map((year) => monthsFrom(today, { year, month }, 1, "month"));
  if (which === "next") return spans.filter(({ first }) => isBefore(today, first)).slice(-1);
  return which === "last" ? spans.filter(({ afterLast }) => !isBefore(today, afterLast)) : spans;
}

function yearsAround(year: number | undefined, which: Which | undefined, today: WallTime): readonly number[] {
  if (which === "this") return [today.year];
  return which === "next" ? [today.year + 1, today.year] : yearsOf(year, today);
}

function spansBefore({ stretches, day }: Extract<When, { kind: "before" }>, today: WallTime) {
  const spans = spansOf(day, today);
  if ("code" in spans) return spans;
  if (stretches.some(({ unit }) => unit in exactMs)) return []; // of a day there is no "two hours before"
  return spans.filter(({ named }) => named === "day").map(({ first, mayRun }) => dayAt(before(first, stretches), mayRun));
}

/** Units of one length; the others depend on the calendar. */
export const exactMs: Readonly<Partial<Record<Unit, number>>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/** The day so many days, weeks, months and years before. Hours and less are left out. */
export function before(wall: WallTime, stretches: readonly Stretch[]): WallTime {
  return stretches.reduce((day, { count, unit }) => {
    if (!isNear(day.year)) return day;
    if (unit === "day" || unit === "week") return addDays(day, -count * (unit === "week" ? 7 : 1));
    if (unit === "month" || unit === "quarter" || unit === "year") return addMonths(day, -count * lengthOf[unit]);
    return day;
  }, wall);
}

const isBefore = (a: WallTime, b: WallTime): boolean => (a.year - b.year || a.month - b.month || a.day - b.day) < 0;
