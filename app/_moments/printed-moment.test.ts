import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, zoneName } from "../_components/time/format-instant";
import { parseMoment } from "./parse-moment";
import { spokenMoment } from "./spoken-moment";
import { endOfDay, wallTimeAt } from "./zoned";

const now = new Date("2090-01-02T12:00:00.000Z");

describe("what our screens print is read back", () => {
  const zones = [
    "Europe/Berlin",
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/London",
    "Asia/Tokyo",
  ];
  const msOf = { minute: 60_000, second: 1_000, millisecond: 1 } as const;
  const instants = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
  const twice = fc.integer({ min: 0, max: 3 * 3_600_000 }).map((ms) => new Date(Date.UTC(2026, 9, 24, 23) + ms));

  test.each(["minute", "second", "millisecond"] as const)("to the %s, in the hour that clocks show twice too", (style) => {
    const property = fc.property(fc.oneof(instants, twice), fc.constantFrom(...zones), (at, zone) => {
      const text = formatInstant(at, zone, style);
      const expected = new Date(Math.floor(at.getTime() / msOf[style]) * msOf[style]);
      expect(parseMoment(text, { zone, now }), text).toMatchObject({ ok: true, instant: expected });
    });
    fc.assert(property, { numRuns: 500 });
  });

  test.each(["date", "day"] as const)("as a %s: the end of it", (style) => {
    const property = fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
      const text = formatInstant(at, zone, style);
      const parsed = parseMoment(text, { zone, now });
      if (!parsed.ok) expect(parsed.problem.code, text).toBe("other_zone");
      if (!parsed.ok || zoneName(at, zone) !== zoneName(parsed.instant, zone)) return; // clocks changed later on that day
      expect(formatInstant(parsed.instant, zone, "day")).toBe(formatInstant(at, zone, "day"));
      expect(formatInstant(new Date(parsed.instant.getTime() + 1), zone, "day")).not.toBe(formatInstant(at, zone, "day"));
    });
    fc.assert(property, { numRuns: 500 });
  });

  test.each(["reading", "reading of a day"])("as the %s, in every zone", (what) => {
    const everyZone = ["UTC", "CET", "Etc/GMT+5", ...Intl.supportedValuesOf("timeZone")];
    const ended = (at: Date, zone: string) => endOfDay(wallTimeAt(at, zone), zone);
    const property = fc.property(fc.oneof(instants, twice), fc.constantFrom(...everyZone), (at, zone) => {
      const instant = what === "reading" ? at : ended(at, zone);
      const spoken = spokenMoment(instant, zone);
      expect(parseMoment(spoken, { zone, now }), `${spoken} (${zone})`).toMatchObject({ ok: true, instant, spoken });
    });
    fc.assert(property, { numRuns: 1_000 });
  });
});
