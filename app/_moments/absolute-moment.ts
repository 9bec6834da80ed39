import type { WallTime } from "./zoned";

/** Where a written time is meant: minutes ahead of UTC, or a zone's short name (CET), in capitals. */
export type Place = { kind: "offset"; minutes: number } | { kind: "name"; name: string };

/** What is written, as it stands there: whether a calendar has that day is not looked at. */
export type WrittenMoment = { wall: WallTime; hasTime: boolean; place: Place | undefined };

const day = "([+-]?\\d{4,6})-(\\d\\d)-(\\d\\d)";
const time = "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?";
const pattern = new RegExp(`^${day}(?:[t ]${time} ?(\\S{1,10})?)?$`);

/** `2026-03-03`, `2026-03-03T14:05`, `2026-03-03 14:05:06.123456+0100`. Expects lower case. */
export function absoluteMoment(input: string): WrittenMoment | undefined {
  const match = pattern.exec(input);
  if (match === null) return undefined;
  const [, year, month, dayOfMonth, hour, minute, second, fraction, written] = match;
  const place = written === undefined ? undefined : placeNamed(written);
  if (written !== undefined && place === undefined) return undefined;
  const wall = wallOf({ year, month, day: dayOfMonth, hour, minute, second, fraction });
  return { wall, hasTime: hour !== undefined, place };
}

type Written = Partial<Record<"year" | "month" | "day" | "hour" | "minute" | "second" | "fraction", string | undefined>>;

/** What is left out is nought; of a fraction of a second only milliseconds are kept. */
export function wallOf({ year, month, day, hour, minute, second, fraction }: Written): WallTime {
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? "").slice(0, 3).padEnd(3, "0")),
  };
}

/** `z`, `utc`, `gmt+5:45`, `+01`, `+0100`, `+01:00`, or a name like `cet`; undefined for anything else. Expects lower case. */
export function placeNamed(text: string): Place | undefined {
  const [, sign, hours, minutes] = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d\d))?$/.exec(text) ?? [];
  if (sign !== undefined) {
    const [h, m] = [Number(hours), Number(minutes ?? 0)];
    return h < 24 && m < 60 ? { kind: "offset", minutes: (sign === "-" ? -1 : 1) * (h * 60 + m) } : undefined;
  }
  if (text === "z" || text === "utc" || text === "gmt") return { kind: "offset", minutes: 0 };
  return /^[a-z]{2,5}$/.test(text) ? { kind: "name", name: text.toUpperCase() } : undefined;
}
