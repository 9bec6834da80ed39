import type { Place } from "./absolute-moment";
import type { WallTime } from "./zoned";

export type Which = "last" | "this" | "next";

export type Unit = "second" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

/** So much of a unit, back from a moment; ahead of it where `count` is negative. */
export type Stretch = { count: number; unit: Unit };

/** What clocks show; 24:00 is the end of a day. */
export type ClockTime = Pick<WallTime, "hour" | "minute" | "second" | "millisecond">;

/** A day, a week, a month, a quarter or a year, as it was named. What names no year is looked for in the past. */
export type When =
  | { kind: "date"; year: number | undefined; month: number; day: number; weekday: number | undefined }
  | { kind: "day"; back: number }
  | { kind: "day_of_month"; day: number; monthsBack: number | undefined }
  | { kind: "weekday"; weekday: number; which: Which | undefined }
  | { kind: "weekday_of_week"; weekday: number; weeksBack: number }
  | { kind: "unit"; unit: "day" | "week" | "month" | "quarter" | "year"; back: number }
  | { kind: "month"; month: number; year: number | undefined; which: Which | undefined }
  | { kind: "quarter"; quarter: number; year: number | undefined }
  | { kind: "year"; year: number }
  /** So much before a day. */
  | { kind: "before"; stretches: readonly Stretch[]; day: When };

export type Meaning =
  | { kind: "now" }
  | { kind: "opening" }
  | { kind: "ago"; stretches: readonly Stretch[] }
  /** Without a day: the latest at which clocks showed this. Without a clock's time: the end. */
  | {
      kind: "at";
      when: When | undefined;
      clock: ClockTime | undefined;
      edge: "start" | "end" | undefined;
      place: Place | undefined;
    };
