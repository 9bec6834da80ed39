import { relativeMoment } from "./relative-moment";
import { endOfDay, instantsOf, type WallTime } from "./zoned";

export type MomentProblem =
  | { code: "malformed" }
  | { code: "in_gap"; zone: string }
  | { code: "twice"; zone: string; readings: readonly [Date, Date] };

export type ParsedMoment = { ok: true; instant: Date } | { ok: false; problem: MomentProblem };

/**
 * Reads a moment: `2026-03-03T14:05` (in the zone), `2026-03-03` (the end of that day), an ISO instant with offset, or words
 * relative to now (see `relativeMoment`).
 */
export function parseMoment(text: string, zone: string, now: Date): ParsedMoment {
  const input = text.trim().replace(/\s+/g, " ").replace("−", "-");
  if (input.length === 0 || input.length > 64) return malformed;
  const relative = relativeMoment(input, zone, now);
  return relative ? found(relative) : (absolute(input.toLowerCase(), zone) ?? malformed);
}

const malformed: ParsedMoment = { ok: false, problem: { code: "malformed" } };
const found = (instant: Date): ParsedMoment => (Number.isNaN(instant.getTime()) ? malformed : { ok: true, instant });

const wallPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(z|[+-]\d\d:\d\d)?$/;

function absolute(input: string, zone: string): ParsedMoment | undefined {
  const match = wallPattern.exec(input);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const wall: WallTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? "0").padEnd(3, "0")),
  };
  if (!isCalendar(wall)) return malformed;
  if (offset !== undefined) return hour === undefined ? malformed : found(new Date(input.toUpperCase().replace(" ", "T")));
  if (hour === undefined) return found(endOfDay(wall, zone));

  const [first, secondReading] = instantsOf(wall, zone);
  if (first === undefined) return { ok: false, problem: { code: "in_gap", zone } };
  if (secondReading !== undefined) return { ok: false, problem: { code: "twice", zone, readings: [first, secondReading] } };
  return found(first);
}

function isCalendar({ year, month, day, hour, minute, second }: WallTime): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}
