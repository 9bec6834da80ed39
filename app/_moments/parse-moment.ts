import { addDays, instantsOf, startOfDay, type WallTime, wallTimeAt } from "./zoned";

export type MomentProblem =
  | { code: "malformed" }
  | { code: "in_gap"; zone: string }
  | { code: "twice"; zone: string; readings: readonly [Date, Date] };

export type ParsedMoment = { ok: true; instant: Date } | { ok: false; problem: MomentProblem };

/**
 * Reads a moment: `2026-03-03T14:05` (in the zone), `2026-03-03` (the end of that day), an ISO instant with offset, or words
 * relative to now (`now`, `today`, `yesterday`, `-7d`, `-3h`, `end of last month`, `end of march 2026`).
 */
export function parseMoment(text: string, zone: string, now: Date): ParsedMoment {
  const input = text.trim().toLowerCase().replace(/\s+/g, " ").replace("−", "-");
  if (input.length === 0 || input.length > 64) return malformed;
  return absolute(input, zone) ?? relative(input, zone, now) ?? malformed;
}

const malformed: ParsedMoment = { ok: false, problem: { code: "malformed" } };
const found = (instant: Date): ParsedMoment => (Number.isNaN(instant.getTime()) ? malformed : { ok: true, instant });

const wallPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(z|[+-]\d\d:\d\d)?$/;

function absolute(input: string, zone: string): ParsedMoment | undefined {
  const match = wallPattern.exec(input);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const wall: WallTime = {
    year: Number(year), month: Number(month), day: Number(day), hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0),
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

const unitsMs = { m: 60_000, h: 3_600_000 } as const;
const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

function relative(input: string, zone: string, now: Date): ParsedMoment | undefined {
  if (input === "now") return found(now);
  const today = wallTimeAt(now, zone);
  if (input === "today" || input === "start of today") return found(startOfDay(today, zone));
  if (input === "yesterday" || input === "end of yesterday") return found(endOfDay(addDays(today, -1), zone));
  if (input === "end of last month") return found(endOfDay(addDays({ ...today, day: 1 }, -1), zone));
  if (input === "end of last year") return found(endOfDay({ ...today, year: today.year - 1, month: 12, day: 31 }, zone));

  const ago = /^-(\d{1,4}) ?(m|h|d|w)$/.exec(input);
  if (ago !== null) {
    const count = Number(ago[1]);
    const unit = ago[2];
    if (unit === "m" || unit === "h") return found(new Date(now.getTime() - count * unitsMs[unit]));
    return sameClock(addDays(today, -count * (unit === "w" ? 7 : 1)), zone);
  }
  const endOf = /^end of ([a-z]{3,9}) (\d{4})$/.exec(input);
  const month = months.findIndex((name) => endOf?.[1] !== undefined && name.startsWith(endOf[1]));
  if (endOf === null || month < 0) return undefined;
  return found(endOfDay(addDays({ ...today, year: Number(endOf[2]) + (month === 11 ? 1 : 0), month: ((month + 1) % 12) + 1, day: 1 }, -1), zone));
}

// The same time of day on another date: in a gap the moment an hour later, of two the first.
const sameClock = (wall: WallTime, zone: string): ParsedMoment => {
  const instant = instantsOf(wall, zone)[0] ?? instantsOf({ ...wall, hour: wall.hour + 1 }, zone)[0];
  return instant === undefined ? malformed : found(instant);
};

/** The last millisecond of the day. */
const endOfDay = (wall: WallTime, zone: string): Date => new Date(startOfDay(addDays(wall, 1), zone).getTime() - 1);

function isCalendar({ year, month, day, hour, minute, second }: WallTime): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}
