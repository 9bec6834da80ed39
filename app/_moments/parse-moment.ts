import { unitsMax } from "@/domain/text/bounds";
import { foldTyped } from "@/domain/text/typed";
import { zoneName } from "../_components/time/format-instant";
import { absoluteMoment, type WrittenMoment } from "./absolute-moment";
import { isInRange, isNear } from "./moment-range";
import { printedMoment } from "./printed-moment";
import { relativeMoment } from "./relative-moment";
import { atOffset, endOfDay, instantsOf, isCalendar } from "./zoned";

export type MomentProblem =
  | { code: "malformed" }
  /** Before 1970, or after 9999. */
  | { code: "out_of_range" }
  | { code: "unknown_zone"; written: string }
  /** A zone's short name that clocks in `zone` do not show at that moment. */
  | { code: "other_zone"; zone: string; written: string }
  | { code: "in_gap"; zone: string }
  | { code: "twice"; zone: string; readings: readonly [Date, Date] };

/** Beside what is wrong with a moment: what is to name a position, or an event of the account, and can be neither. */
export type QuestionProblem = MomentProblem | { code: "no_position" | "no_event"; written: string };

export type ParsedMoment = { ok: true; instant: Date } | { ok: false; problem: MomentProblem };

/**
 * Reads a moment: `2026-03-03T14:05` (in the zone), `2026-03-03` (the end of that day), an ISO instant with offset, what our
 * own screens print (`3 Mar 2026, 14:05:00 CET`), or words relative to now (see `relativeMoment`). Digits beyond the
 * millisecond are dropped: the log has none.
 */
export function parseMoment(text: string, zone: string, now: Date): ParsedMoment {
  if (text.length > unitsMax.moment) return refused({ code: "malformed" });
  const input = foldTyped(text).replace(/ +/g, " ");
  const relative = relativeMoment(input, zone, now);
  if (relative) return found(relative);
  const written = absoluteMoment(input.toLowerCase()) ?? printedMoment(input.toLowerCase());
  if (written === undefined) return refused({ code: "malformed" });
  if (!isNear(written.wall.year)) return refused({ code: "out_of_range" });
  return isCalendar(written.wall) ? momentOf(written, zone) : refused({ code: "malformed" });
}

const refused = (problem: MomentProblem): ParsedMoment => ({ ok: false, problem });

const found = (instant: Date): ParsedMoment => (isInRange(instant) ? { ok: true, instant } : refused({ code: "out_of_range" }));

function momentOf({ wall, hasTime, place }: WrittenMoment, zone: string): ParsedMoment {
  if (place?.kind === "offset") return found(atOffset(hasTime ? wall : endOfWall(wall), place.minutes));

  const instants = hasTime ? instantsOf(wall, zone) : [endOfDay(wall, zone)];
  const named = place === undefined ? instants : instants.filter((at) => isNamed(at, zone, place.name));
  const [first, second] = named;
  if (first === undefined) {
    return refused(
      instants.length === 0 || !place ? { code: "in_gap", zone } : { code: "other_zone", zone, written: place.name },
    );
  }
  return second === undefined ? found(first) : refused({ code: "twice", zone, readings: [first, second] });
}

const endOfWall = (wall: WrittenMoment["wall"]) => ({ ...wall, hour: 23, minute: 59, second: 59, millisecond: 999 });

const isNamed = (at: Date, zone: string, name: string): boolean => zoneName(at, zone).toUpperCase() === name;
