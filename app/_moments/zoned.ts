import { unitsMax } from "@/domain/text/bounds";

/** A wall-clock reading without a zone, as `<input type="datetime-local">` gives it. */
export type WallTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The IANA zone of this name as this runtime spells it, or undefined. Formatters are kept per zone, so no two spellings of
 * one zone may get any further.
 */
export function zoneNamed(text: string): string | undefined {
  if (text.length > unitsMax.zone) return undefined;
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** What clocks in the zone show at the instant. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  return {
    year: part("year"),
    month: part("month"),
    day: part("day"),
    hour: part("hour"),
    minute: part("minute"),
    second: part("second"),
    millisecond: ((instant.getTime() % 1000) + 1000) % 1000,
  };
}

/** The instants at which clocks in the zone show this: none in a DST gap, two where an hour is repeated, else one. */
export function instantsOf(wall: WallTime, zone: string): readonly Date[] {
  const asUtc = utcOf(wall);
  const offsets = new Set([-26, 0, 26].map((hours) => offsetAt(new Date(asUtc + hours * 3_600_000), zone)));
  const found = [...offsets]
    .map((offset) => new Date(asUtc - offset))
    .filter((instant) => utcOf(wallTimeAt(instant, zone)) === asUtc);
  return found.sort((a, b) => a.getTime() - b.getTime());
}

/**
 * The instant at which clocks in the zone show this: of two the first. Where clocks skip it, the first instant after the gap, be it an
 * hour or, as once in Samoa, a day.
 */
export function firstInstantOf(wall: WallTime, zone: string): Date {
  const first = instantsOf(wall, zone)[0];
  if (first !== undefined) return first;
  const asUtc = utcOf(wall);
  const shownBefore = (time: number) => utcOf(wallTimeAt(new Date(time), zone)) < asUtc;
  let [before, after] = [asUtc - 26 * 3_600_000, asUtc + 26 * 3_600_000]; // no zone is further from UTC, nor skips more
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (shownBefore(middle)) before = middle;
    else after = middle;
  }
  return new Date(after);
}

/** The first instant of the day that clocks in the zone show; a day whose midnight is skipped starts later. */
export function startOfDay(wall: WallTime, zone: string): Date {
  return firstInstantOf({ ...wall, hour: 0, minute: 0, second: 0, millisecond: 0 }, zone);
}

/** The last millisecond of the day. */
export function endOfDay(wall: WallTime, zone: string): Date {
  return new Date(startOfDay(addDays(wall, 1), zone).getTime() - 1);
}

/** Calendar arithmetic on the date alone. */
export function addDays(wall: WallTime, days: number): WallTime {
  const date = dateOf(wall.year, wall.month - 1, wall.day + days);
  return { ...wall, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day of another month, or its last day where it is shorter. */
export function addMonths(wall: WallTime, months: number): WallTime {
  const first = dateOf(wall.year, wall.month - 1 + months, 1);
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  const days = dateOf(year, month, 0).getUTCDate();
  return { ...wall, year, month, day: Math.min(wall.day, days) };
}

/** Whether a calendar has this day, and a clock this time. */
export function isCalendar({ year, month, day, hour, minute, second }: WallTime): boolean {
  const date = dateOf(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}

/** 0 for Monday. */
export const weekdayOf = ({ year, month, day }: WallTime): number => (dateOf(year, month - 1, day).getUTCDay() + 6) % 7;

/** The instant at which clocks that many minutes ahead of UTC show this. */
export const atOffset = (wall: WallTime, minutes: number): Date => new Date(utcOf(wall) - minutes * 60_000);

/** Midnight UTC of a day of the calendar. `Date.UTC` would take the years 0 to 99 for those of the last century. */
function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

function offsetAt(instant: Date, zone: string): number {
  return utcOf(wallTimeAt(instant, zone)) - instant.getTime();
}

function utcOf(wall: WallTime): number {
  const date = new Date(Date.UTC(2000, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.millisecond));
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day);
  return date.getTime();
}
