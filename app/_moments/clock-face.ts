import { zoneName } from "../_components/time/format-instant";
import type { Place } from "./absolute-moment";
import { atOffset, firstInstantOf, instantsOf, startOfDay, type WallTime, wallTimeAt } from "./zoned";

/** Clocks of a place. */
export type ClockFace = {
  shownAt(instant: Date): WallTime;
  /** None where clocks skip it, two where they show it twice. */
  instantsOf(wall: WallTime): readonly Date[];
  /** Of two the first; of none the first after the gap. */
  firstInstantOf(wall: WallTime): Date;
  startOfDay(wall: WallTime): Date;
  /** Whether the place goes by its name at that instant: CET is of winters alone. */
  isNamed(instant: Date): boolean;
};

/** Clocks at an offset never change; those of a zone's short name are the zone's. */
export function clockFaceOf(place: Place | undefined, zone: string): ClockFace {
  if (place?.kind === "offset") return faceAtOffset(place.minutes);
  return {
    shownAt: (instant) => wallTimeAt(instant, zone),
    instantsOf: (wall) => instantsOf(wall, zone),
    firstInstantOf: (wall) => firstInstantOf(wall, zone),
    startOfDay: (wall) => startOfDay(wall, zone),
    isNamed: (instant) => place === undefined || zoneName(instant, zone).toUpperCase() === place.name,
  };
}

function faceAtOffset(minutes: number): ClockFace {
  const firstInstant = (wall: WallTime) => atOffset(wall, minutes);
  return {
    shownAt: (instant) => wallTimeAt(new Date(instant.getTime() + minutes * 60_000), "UTC"),
    instantsOf: (wall) => [firstInstant(wall)],
    firstInstantOf: firstInstant,
    startOfDay: (wall) => firstInstant({ ...wall, hour: 0, minute: 0, second: 0, millisecond: 0 }),
    isNamed: () => true,
  };
}
