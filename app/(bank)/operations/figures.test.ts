import { expect, test } from "vitest";
import { ahead, duration, minutes, perSecond, room } from "./figures";

test("a stretch of time is said in the two units that matter", () => {
  expect([0, 0.84, 12.3, 999.4, 1_000, 59_949, 59_950, 60_000, 125_400, 3_599_600, 12_030_000].map(duration)).toEqual([
    "0 ms",
    "0.8 ms",
    "12 ms",
    "999 ms",
    "1.0 s",
    "59.9 s",
    "1 min 0 s",
    "1 min 0 s",
    "2 min 5 s",
    "1 h 0 min",
    "3 h 21 min",
  ]);
});

test("a slow rate keeps a digit, a fast one its separators", () => {
  expect([0, 0.02, 0.25, 9.94, 10, 12_345.6].map(perSecond)).toEqual([
    "0 events/s",
    "under 0.1 events/s",
    "0.3 events/s",
    "9.9 events/s",
    "10 events/s",
    "12,346 events/s",
  ]);
});

test("room is told in kB, MB or GB", () => {
  expect([1, 999_000, 1_500_000, 123_400_000, 5_000_000_000].map(room)).toEqual(["1 kB", "999 kB", "1.5 MB", "123 MB", "5.0 GB"]);
});

test("how far back something reaches is told in seconds, then in minutes", () => {
  expect([10, 40_400, 59_600, 89_000, 95_000, 309_000].map(minutes)).toEqual([
    "1 s",
    "40 s",
    "minute",
    "minute",
    "2 minutes",
    "5 minutes",
  ]);
});

test("a clock is ahead or behind by whole milliseconds, and by nothing without a sign", () => {
  expect([-0.4, -0, 0.4, 0.6, -1.2, 1_234].map(ahead)).toEqual(["0 ms", "0 ms", "0 ms", "+1 ms", "−1 ms", "+1,234 ms"]);
});
