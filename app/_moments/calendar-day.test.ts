import { expect, test } from "vitest";
import { parseCalendarDay, spanOfDays } from "./calendar-day";

test("both days of a span belong to it, in the zone of whoever asks", () => {
  const span = spanOfDays({ since: "2026-03-28", until: "2026-03-29" }, "Europe/Berlin"); // the second day has 23 hours
  expect(span).toEqual({ from: new Date("2026-03-27T23:00:00Z"), to: new Date("2026-03-29T22:00:00Z") });
});

test("an end that is left out is open", () => {
  expect(spanOfDays({ since: "2026-01-01" }, "UTC")).toEqual({ from: new Date("2026-01-01T00:00:00Z"), to: undefined });
});

test.each(["", "2026-02-30", "2026-13-01", "0000-01-01", "1969-12-31", "10000-01-01", "yesterday", "2026-1-1", "02026-01-01"])(
  "%j is no day",
  (text) => {
    expect(parseCalendarDay(text)).toBeUndefined();
  },
);
