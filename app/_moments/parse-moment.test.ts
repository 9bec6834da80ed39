import { describe, expect, test } from "vitest";
import { parseMoment } from "./parse-moment";

const berlin = "Europe/Berlin";
const now = new Date("2026-11-23T22:30:00.000Z"); // 23:30 in Berlin

const instant = (text: string, zone = berlin) => {
  const parsed = parseMoment(text, zone, now);
  return parsed.ok ? parsed.instant.toISOString() : parsed.problem.code;
};

describe("a moment", () => {
  test.each([
    ["2026-03-03T14:05", "2026-03-03T13:05:00.000Z"],
    ["2026-07-03 14:05:06.7", "2026-07-03T12:05:06.700Z"],
    ["2026-03-03T14:05:00.123Z", "2026-03-03T14:05:00.123Z"],
    ["2026-03-03T14:05+05:30", "2026-03-03T08:35:00.000Z"],
    ["2026-03-03", "2026-03-03T22:59:59.999Z"],
    ["now", "2026-11-23T22:30:00.000Z"],
    ["today", "2026-11-22T23:00:00.000Z"],
    ["yesterday", "2026-11-22T22:59:59.999Z"],
    ["-7d", "2026-11-16T22:30:00.000Z"],
    ["-3h", "2026-11-23T19:30:00.000Z"],
    ["−2w", "2026-11-09T22:30:00.000Z"],
    ["End of last month", "2026-10-31T22:59:59.999Z"],
    ["end of march 2026", "2026-03-31T21:59:59.999Z"],
    ["end of feb 2024", "2024-02-29T22:59:59.999Z"],
    ["end of dec 2025", "2025-12-31T22:59:59.999Z"],
    ["now-2h", "2026-11-23T20:30:00.000Z"],
    ["-90s", "2026-11-23T22:28:30.000Z"],
    ["-5m", "2026-11-23T22:25:00.000Z"],
    ["-5M", "2026-06-23T21:30:00.000Z"],
    ["-1y", "2025-11-23T22:30:00.000Z"],
    ["3 months ago", "2026-08-23T21:30:00.000Z"],
    ["1 day ago", "2026-11-22T22:30:00.000Z"],
    ["start of day", "2026-11-22T23:00:00.000Z"],
    ["end of today", "2026-11-23T22:59:59.999Z"],
    ["start of yesterday", "2026-11-21T23:00:00.000Z"],
    ["start of week", "2026-11-22T23:00:00.000Z"],
    ["end of last week", "2026-11-22T22:59:59.999Z"],
    ["start of this month", "2026-10-31T23:00:00.000Z"],
    ["end of last quarter", "2026-09-30T21:59:59.999Z"],
    ["start of last year", "2024-12-31T23:00:00.000Z"],
    ["start of march 2026", "2026-02-28T23:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  test.each([
    "",
    "soon",
    "2026-02-30",
    "2026-13-01T00:00",
    "2026-01-01T25:00",
    "-7x",
    "end of",
    "ago",
    "3 fortnights ago",
    "end of smarch 2026",
  ])("%j is not one", (text) => {
    expect(instant(text)).toBe("malformed");
  });

  test("that clocks skip is refused", () => {
    expect(instant("2026-03-29T02:30")).toBe("in_gap");
  });

  test("that clocks show twice is asked back with both readings", () => {
    const parsed = parseMoment("2026-10-25T02:30", berlin, now);
    expect(parsed).toEqual({
      ok: false,
      problem: { code: "twice", zone: berlin, readings: [new Date("2026-10-25T00:30:00Z"), new Date("2026-10-25T01:30:00Z")] },
    });
  });

  test.each([
    ["America/New_York", "2026-03-08T02:30", "in_gap"],
    ["America/New_York", "2026-11-01T01:30", "twice"],
    ["America/New_York", "2026-11-01T02:30", "2026-11-01T07:30:00.000Z"],
    ["Asia/Kathmandu", "2026-03-03T14:05", "2026-03-03T08:20:00.000Z"],
    ["Asia/Kathmandu", "end of last month", "2026-10-31T18:14:59.999Z"],
    ["Pacific/Apia", "2011-12-30T12:00", "in_gap"], // the day that Samoa skipped
    ["Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59:00.000Z"],
    ["Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00.000Z"],
    ["Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59.999Z"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "in_gap"], // half an hour
    ["Australia/Lord_Howe", "2026-04-05T01:45", "twice"],
  ])("in %s: %s is %s", (zone, text, expected) => {
    expect(instant(text, zone)).toBe(expected);
  });

  test("words that lead into a gap go to the first moment after it", () => {
    const afterGap = (text: string, zone: string, at: string) => {
      const parsed = parseMoment(text, zone, new Date(at));
      return parsed.ok && parsed.instant.toISOString();
    };
    expect(afterGap("-1d", berlin, "2026-03-30T00:30:00.000Z")).toBe("2026-03-29T01:00:00.000Z");
    expect(afterGap("-1d", "Pacific/Apia", "2011-12-30T22:00:00.000Z")).toBe("2011-12-30T10:00:00.000Z");
    expect(afterGap("-1M", berlin, "2026-03-31T10:00:00.000Z")).toBe("2026-02-28T11:00:00.000Z");
  });

  test("a day whose midnight is skipped still has an end", () => {
    expect(instant("2018-11-03", "America/Sao_Paulo")).toBe("2018-11-04T02:59:59.999Z");
  });
});
