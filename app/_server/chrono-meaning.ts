import { casual, type ParsingComponents } from "chrono-node/en";
import type { ClockTime, Meaning, When } from "../_moments/meaning";
import { fillers } from "../_moments/words";
import { addDays, type WallTime } from "../_moments/zoned";

/**
 * What chrono takes a phrase for, as a meaning of our own grammar, which finds it in the past: `third of March`, `last
 * weekend`. Only what is written counts: an hour or a day that chrono supplies is left out. Undefined: it leaves a word over,
 * knows no day and no time, or names a stretch of time. Expects bounded text. `today` is the reader's.
 */
export function chronoMeaning(text: string, today: WallTime): Meaning | undefined {
  if (/\d ?[/-] ?\d/.test(text)) return undefined; // which of the two is the month is asked, not guessed
  // Noon of this machine's own zone: chrono counts days in it, and no zone skips its noon.
  const reference = new Date(today.year, today.month - 1, today.day, 12);
  const [result, ...others] = casual.parse(text, reference);
  if (!result || others.length > 0 || result.end || !isWhole(text, result)) return undefined;
  const { start } = result;
  const tags = start.tags();
  // What counts back in hours is in the zone of this machine, and a part of the day has no time of its own.
  if (tags.has("result/relativeDateAndTime") || tags.has("parser/ENCasualTimeParser") || start.isCertain("timezoneOffset"))
    return undefined;
  const clock = start.isCertain("hour") ? clockOf(start, text) : undefined;
  const when = whenOf(start, { today, text, isRelative: tags.has("result/relativeDate") });
  if ((start.isCertain("hour") && !clock) || (!clock && !when)) return undefined;
  return { kind: "at", when, clock, edge: undefined, place: undefined };
}

/** Whether nothing is left over but words that say nothing. */
function isWhole(text: string, { index, text: read }: { index: number; text: string }): boolean {
  const rest = `${text.slice(0, index)} ${text.slice(index + read.length)}`.toLowerCase();
  return rest.split(" ").every((word) => word === "" || fillers.has(word));
}

type Components = Pick<ParsingComponents, "isCertain" | "get">;

const part = (start: Components, name: Parameters<Components["get"]>[0]): number => start.get(name) ?? 0;

/** Undefined where it could be either half of the day. */
function clockOf(start: Components, text: string): ClockTime | undefined {
  const hour = part(start, "hour");
  if (!start.isCertain("meridiem") && hour <= 12 && !text.includes(":")) return undefined;
  return {
    hour,
    minute: part(start, "minute"),
    second: start.isCertain("second") ? part(start, "second") : 0,
    millisecond: start.isCertain("millisecond") ? part(start, "millisecond") : 0,
  };
}

const ahead = /\b(next|coming|following|upcoming|in|later|from)\b/i;

type Around = { today: WallTime; text: string; isRelative: boolean };

function whenOf(start: Components, { today, text, isRelative }: Around): When | undefined {
  const written = { year: part(start, "year"), month: part(start, "month"), day: part(start, "day") };
  const year = start.isCertain("year") ? written.year : undefined;
  const { month, day } = written;
  if (start.isCertain("day") && start.isCertain("month")) {
    const isNamed = start.isCertain("weekday") && !isRelative;
    return { kind: "date", year, month, day, weekday: isNamed ? (part(start, "weekday") + 6) % 7 : undefined };
  }
  if (isRelative || start.isCertain("day")) return undefined;
  if (start.isCertain("month")) return { kind: "month", month, year, which: undefined };
  if (!start.isCertain("weekday")) return undefined;
  const isAhead = Date.UTC(written.year, month - 1, day) > Date.UTC(today.year, today.month - 1, today.day);
  const found = isAhead && !ahead.test(text) ? addDays({ ...today, ...written }, -7) : written;
  return { kind: "date", year: found.year, month: found.month, day: found.day, weekday: undefined };
}
