import { zoneName } from "../_components/time/format-instant";
import { addDays, instantsOf, startOfDay, type WallTime, wallTimeAt } from "./zoned";

/**
 * A moment as it is said: `Tue 3 Mar 2026, end of day, Berlin`, `Tue 3 Mar 2026, 14:05, Berlin`, with seconds and less only
 * where there are some. Of a time that clocks show twice the zone's short name says which. Read back, it is the same instant.
 */
export function spokenMoment(instant: Date, zone: string): string {
  const wall = wallTimeAt(instant, zone);
  const city = cityOf(zone);
  const isEnd = startOfDay(addDays(wall, 1), zone).getTime() - 1 === instant.getTime();
  const isTwice = !isEnd && instantsOf(wall, zone).length > 1;
  const time = isEnd ? "end of day" : timeOf(wall);
  const named = isTwice || (city === undefined && !isEnd) ? `${time} ${zoneName(instant, zone)}` : time;
  const place = city ?? (isEnd ? zoneName(instant, zone) : undefined);
  return [dateOf(instant, zone), named, ...(place === undefined ? [] : [place])].join(", ");
}

/** What people call a zone; undefined: it is no city's, and its short name says more. */
export function cityOf(zone: string): string | undefined {
  const [area, ...names] = zone.split("/");
  return area === "Etc" ? undefined : names.at(-1)?.replaceAll("_", " ");
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateOf(instant: Date, zone: string): string {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    const style = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
    formatter = new Intl.DateTimeFormat("en-GB", { ...style, timeZone: zone });
    formatters.set(zone, formatter);
  }
  return formatter.format(instant).replace(",", "");
}

function timeOf({ hour, minute, second, millisecond }: WallTime): string {
  const pad = (n: number, width = 2) => String(n).padStart(width, "0");
  const seconds = second > 0 || millisecond > 0 ? `:${pad(second)}` : "";
  return `${pad(hour)}:${pad(minute)}${seconds}${millisecond > 0 ? `.${pad(millisecond, 3)}` : ""}`;
}
