import { unitsMax } from "@/domain/text/bounds";
import { normalise } from "@/domain/text/normalise";
import { foldTyped } from "@/domain/text/typed";
import { zoneName } from "../_components/time/format-instant";
import { absoluteMoment } from "./absolute-moment";
import type { Meaning } from "./meaning";
import { readPhrase } from "./read-phrase";
import { type Asked, type ParsedMoment, refused, resolve } from "./resolve";
import { cityOf } from "./spoken-moment";
import { whyUnread } from "./why-unread";
import { wallTimeAt } from "./zoned";

/**
 * Reads a moment: an ISO date or instant, what our own screens print, or words (`3 March`, `end of May`, `yesterday 14:00`,
 * `last Friday`, `-7d`, `gestern`). A date alone is its end. What names no year, or no week, is the latest that has passed.
 * What has more than one meaning is refused with each of them, and so is what has not come. Digits beyond the millisecond
 * are dropped: the log has none.
 */
export function parseMoment(text: string, asked: Asked): ParsedMoment {
  const typed = typedMoment(text);
  if (typed === undefined) return refused({ code: "malformed" });
  const meanings = writtenMeanings(typed) ?? readPhrase(heard(typed, asked));
  return meanings ? resolve(meanings, asked) : refused(whyUnread(typed));
}

/** A moment as it was typed, spelt in one way; undefined beyond the bound. */
export function typedMoment(text: string): string | undefined {
  if (text.length > unitsMax.moment) return undefined;
  return foldTyped(normalise(text, "NFC")).replace(/ +/g, " ");
}

function heard(text: string, { zone, now, order }: Asked) {
  const thisYear = wallTimeAt(now, zone).year;
  const zoneNames = [0, 6].map((month) => zoneName(new Date(Date.UTC(thisYear, month)), zone));
  return { text, zone, zoneNames, city: cityOf(zone), thisYear, order };
}

function writtenMeanings(typed: string): readonly Meaning[] | undefined {
  const written = absoluteMoment(typed.toLowerCase());
  if (written === undefined) return undefined;
  const { wall, hasTime, place } = written;
  const { year, month, day, hour, minute, second, millisecond } = wall;
  const when = { kind: "date", year, month, day, weekday: undefined } as const;
  const clock = hasTime ? { hour, minute, second, millisecond } : undefined;
  return [{ kind: "at", when, clock, edge: undefined, place }];
}
