import { isNear } from "./moment-range";
import { monthNamed } from "./month-named";
import { addDays, addMonths, endOfDay, firstInstantOf, startOfDay, type WallTime, wallTimeAt, weekdayOf } from "./zoned";

/**
 * Reads words relative to now: `now`, `today`, `yesterday`, `-7d`, `now-2h`, `3 months ago`, `start of day`, `end of last month`,
 * `end of march 2026`. Hours and less are exact; days and more keep the clock's time. `M` is a month, `m` a minute.
 * Undefined: none of these. An invalid date: beyond what can be asked for. Weeks begin on Monday.
 */
export function relativeMoment(text: string, zone: string, now: Date): Date | undefined {
  const words = text.toLowerCase();
  const today = wallTimeAt(now, zone);
  if (words === "now") return now;
  if (words === "today") return startOfDay(today, zone);
  if (words === "yesterday") return endOfDay(addDays(today, -1), zone);
  return ago(text, today, zone, now) ?? edge(words, today, zone);
}

const exactMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const unitWords: Readonly<Record<string, string>> = {
  second: "s",
  minute: "m",
  hour: "h",
  day: "d",
  week: "w",
  month: "M",
  year: "y",
};

function ago(text: string, today: WallTime, zone: string, now: Date): Date | undefined {
  const short = /^(?:now ?)?- ?(\d{1,15}) ?([smhdwy])$/i.exec(text);
  const long = /^(\d{1,15}) (second|minute|hour|day|week|month|year)s? ago$/i.exec(text);
  const count = Number((short ?? long)?.[1]);
  const unit = short ? unitOf(short[2] ?? "") : unitWords[long?.[2]?.toLowerCase() ?? ""];
  if (unit === undefined || !Number.isInteger(count)) return undefined;
  const exact = exactMs[unit];
  if (exact !== undefined) return new Date(now.getTime() - count * exact);
  const isDays = unit === "d" || unit === "w";
  const wall = isDays ? addDays(today, -count * (unit === "w" ? 7 : 1)) : addMonths(today, -count * (unit === "y" ? 12 : 1));
  return isNear(wall.year) ? firstInstantOf(wall, zone) : new Date(Number.NaN);
}

// Only with months does the case of the letter say something.
const unitOf = (letter: string): string => (letter === "M" ? "M" : letter.toLowerCase());

type Span = { first: WallTime; afterLast: WallTime };

/** The first moment of a span of days, or its last millisecond. */
function edge(words: string, today: WallTime, zone: string): Date | undefined {
  const [, side, span = ""] = /^(start|end) of (.+)$/.exec(words) ?? [];
  const days = side === undefined ? undefined : (namedSpan(span, today) ?? monthSpan(span, today));
  if (days === undefined) return undefined;
  if (!isNear(days.first.year)) return new Date(Number.NaN);
  return side === "start" ? startOfDay(days.first, zone) : new Date(startOfDay(days.afterLast, zone).getTime() - 1);
}

function namedSpan(span: string, today: WallTime): Span | undefined {
  if (span === "yesterday") return { first: addDays(today, -1), afterLast: today };
  const [, which, unit] = /^(this |last )?(today|day|week|month|quarter|year)$/.exec(span) ?? [];
  const back = which === "last " ? 1 : 0;
  const inMonths = (count: number, month: number): Span => {
    const first = addMonths({ ...today, month, day: 1 }, -back * count);
    return { first, afterLast: addMonths(first, count) };
  };
  switch (unit) {
    case "today":
    case "day":
      return { first: addDays(today, -back), afterLast: addDays(today, 1 - back) };
    case "week": {
      const first = addDays(today, -weekdayOf(today) - 7 * back);
      return { first, afterLast: addDays(first, 7) };
    }
    case "month":
      return inMonths(1, today.month);
    case "quarter":
      return inMonths(3, today.month - ((today.month - 1) % 3));
    case "year":
      return inMonths(12, 1);
    default:
      return undefined;
  }
}

function monthSpan(span: string, today: WallTime): Span | undefined {
  const [, name, year] = /^([a-z]{3,9}) (\d{4,6})$/.exec(span) ?? [];
  const month = name && monthNamed(name);
  if (!month) return undefined;
  const first = { ...today, year: Number(year), month, day: 1 };
  return { first, afterLast: addMonths(first, 1) };
}
