import { placeNamed, type WrittenMoment, wallOf } from "./absolute-moment";
import { monthNamed } from "./month-named";
import { weekdayOf } from "./zoned";

const weekday = "(?:([a-z]{3,9}),? )?";
const day = "(\\d{1,2}) ([a-z]{3,9}) ([+-]?\\d{4,6})";
const time = "(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?";
const pattern = new RegExp(`^${weekday}${day}(?:,? ${time})?(?:,? ?(\\S{1,10}))?$`);
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * A moment as our screens print it: `29 Nov 2026, 13:57:53.123 CET`, `Sunday, 29 Nov 2026`, `29 Nov 2026, GMT+9`. Expects
 * lower case. A weekday that does not belong to the day makes it none.
 */
export function printedMoment(input: string): WrittenMoment | undefined {
  const match = pattern.exec(input);
  if (match === null) return undefined;
  const [, dayName, dayOfMonth, monthName = "", year, hour, minute, second, fraction, written] = match;
  const month = monthNamed(monthName);
  const place = written === undefined ? undefined : placeNamed(written);
  if (month === undefined || (written !== undefined && place === undefined)) return undefined;
  const wall = wallOf({ year, month: String(month), day: dayOfMonth, hour, minute, second, fraction });
  if (dayName !== undefined && !weekdays[weekdayOf(wall)]?.startsWith(dayName)) return undefined;
  return { wall, hasTime: hour !== undefined, place };
}
