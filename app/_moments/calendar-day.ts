import { momentYears } from "./moment-range";
import { addDays, startOfDay, type WallTime } from "./zoned";

/** A day as `<input type="date">` gives it, or undefined for one that no calendar has, or that is out of range. */
export function parseCalendarDay(text: string): WallTime | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.slice(0, 11));
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const wall = { year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 };
  const same = addDays(wall, 0);
  return year >= momentYears.first && year <= momentYears.last && same.month === month && same.day === day ? wall : undefined;
}

/** The instants of a span of days in a zone, the first included, the second not; an end that is left out is open. */
export function spanOfDays({ since, until }: { since?: string | undefined; until?: string | undefined }, zone: string) {
  const first = since === undefined ? undefined : parseCalendarDay(since);
  const last = until === undefined ? undefined : parseCalendarDay(until);
  return {
    from: first && startOfDay(first, zone),
    to: last && startOfDay(addDays(last, 1), zone),
  };
}
