import { describe, expect, test } from "vitest";
import { parseMoment } from "./parse-moment";

const berlin = "Europe/Berlin";
const now = new Date("2026-11-23T22:30:00.000Z"); // 23:30 in Berlin, on a Monday

const instant = (text: string, zone = berlin) => {
  const parsed = parseMoment(text, { zone, now });
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
    ["today", "2026-11-23T22:30:00.000Z"], // it is not over: so far
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
    ["start of yesterday", "2026-11-21T23:00:00.000Z"],
    ["start of week", "2026-11-22T23:00:00.000Z"],
    ["end of last week", "2026-11-22T22:59:59.999Z"],
    ["start of this month", "2026-10-31T23:00:00.000Z"],
    ["end of last quarter", "2026-09-30T21:59:59.999Z"],
    ["start of last year", "2024-12-31T23:00:00.000Z"],
    ["start of march 2026", "2026-02-28T23:00:00.000Z"],
    ["2026-03-03T14:05:00.123456Z", "2026-03-03T14:05:00.123Z"],
    ["2026-03-03 14:05:00.999999999", "2026-03-03T13:05:00.999Z"],
    ["2026-03-03 14:05:06,5 +0100", "2026-03-03T13:05:06.500Z"],
    ["2026-03-03 14:05:06.123456+01", "2026-03-03T13:05:06.123Z"],
    ["2026-03-03 14:05 UTC", "2026-03-03T14:05:00.000Z"],
    ["2026-03-03 14:05 CET", "2026-03-03T13:05:00.000Z"],
    ["29 Nov 2025, 13:57:53 CET", "2025-11-29T12:57:53.000Z"],
    ["29 Nov 2025, 13:57:53.123 CET", "2025-11-29T12:57:53.123Z"],
    ["29 Nov 2025, 13:57", "2025-11-29T12:57:00.000Z"],
    ["Saturday, 29 Nov 2025", "2025-11-29T22:59:59.999Z"],
    ["29 November 2025", "2025-11-29T22:59:59.999Z"],
    ["1 Sept 2026, CEST", "2026-09-01T21:59:59.999Z"],
    ["29 Nov 2025, 13:57:53 GMT+9", "2025-11-29T04:57:53.000Z"],
    ["29 Nov 2025, 13:57 GMT+5:45", "2025-11-29T08:12:00.000Z"],
    ["\u200e２０２５-11-２９\u200e", "2025-11-29T22:59:59.999Z"],
    ["٢٩ Nov ٢٠٢٥", "2025-11-29T22:59:59.999Z"],
    ["25 Oct 2026, 02:30:00 CEST", "2026-10-25T00:30:00.000Z"], // clocks show this hour twice; the name says which
    ["25 Oct 2026, 02:30:00 CET", "2026-10-25T01:30:00.000Z"],
  ])("%s is %s", (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  test.each([
    "",
    "soon",
    "-7x",
    "end of",
    "ago",
    "the",
    "3 jiffies ago",
    "end of smarch 2026",
    "next tuesday maybe",
    "rent of 3 march",
    "29 Nov 2025, 13:57 +25:00",
    "3 march, London",
    "2026-03-03Z",
    "2 hours before yesterday",
    "march 14:00",
    "3.3",
    "3-3",
    "1\u200f2-03-03",
    "9".repeat(81),
  ])("%j is not one", (text) => {
    expect(instant(text)).toBe("malformed");
  });

  test.each([
    ["2026-02-30", "no_such_day"],
    ["31 Nov 2025", "no_such_day"],
    ["31 june", "no_such_day"],
    ["2026-13-01T00:00", "no_such_day"],
    ["3.14.2026", "no_such_day"],
    ["14/14/2026", "no_such_day"],
    ["the 32nd", "no_such_day"],
    ["31st of last month", "2026-10-31T22:59:59.999Z"],
    ["2026-01-01T25:00", "no_such_time"],
    ["yesterday 14:60", "no_such_time"],
    ["13pm", "no_such_time"],
    ["0 am", "no_such_time"],
    ["Monday, 29 Nov 2025", "other_weekday"],
    ["wed 3 march", "other_weekday"],
    ["a few days ago", "vague"],
    ["yesterday morning", "vague"],
    ["last summer", "vague"],
    ["gestern abend", "vague"],
    ["last 7 days", "range"],
    ["between monday and tuesday", "range"],
    ["seit märz", "range"],
    ["opening", "no_opening"],
  ])("%s is refused with a reason: %s", (text, code) => {
    expect(instant(text)).toBe(code);
  });

  test.each([
    "-99999y",
    "99999 years ago",
    "-99999d",
    "-57y",
    "-1927y", // the year 99, which JavaScript would take for 1999
    "-999999999999999y",
    "-999999999999999s",
    "999999 months ago",
    "1969-12-31",
    "0000-01-01",
    "0099-12-31T00:00",
    "-0001-01-01",
    "1970-01-01T00:00", // in Berlin
    "31 Dec 1969",
    "start of march 0099",
    "end of march 1969",
    "1969",
    "99999 years before yesterday",
  ])("%j is out of range", (text) => {
    expect(instant(text)).toBe("out_of_range");
  });

  test.each([
    "10000-01-01",
    "275761-01-01T00:00Z",
    "9999-12-31T23:59:59.999-01:00",
    "9999-12-31T23:59:59.999Z",
    "1 Jan 10000, 00:00 UTC",
    "end of march 10000",
    "end of dec 9999",
    "end of today",
    "end of this week",
    "today 23:31",
    "tomorrow",
    "next week",
    "this friday",
    "2027",
    "23 nov 2026, 23:30:00.001",
  ])("%j has not come", (text) => {
    expect(instant(text)).toBe("not_come");
  });

  test.each([
    ["1970-01-01T00:00Z", "1970-01-01T00:00:00.000Z"],
    ["1970-01-01", "1970-01-01T22:59:59.999Z"],
    ["-56y", "1970-11-23T22:30:00.000Z"],
    ["2026-11-23T22:30:00.000Z", "2026-11-23T22:30:00.000Z"],
  ])("%s is the edge of the range", (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  test("a name that clocks in the zone do not show is refused", () => {
    for (const text of ["29 Nov 2025, 13:57 EST", "29 Nov 2025, 13:57 CEST", "29 Jul 2026, CET"])
      expect(instant(text)).toBe("other_zone");
    expect(instant("29 Nov 2025, 13:57 GMT", "Europe/London")).toBe("2025-11-29T13:57:00.000Z");
    expect(instant("29 Jul 2026, 13:57 BST", "Europe/London")).toBe("2026-07-29T12:57:00.000Z");
  });

  test("that clocks skip is refused", () => {
    expect(instant("2026-03-29T02:30")).toBe("in_gap");
  });

  test("that clocks show twice is asked back with both readings", () => {
    const parsed = parseMoment("2026-10-25T02:30", { zone: berlin, now });
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
      const parsed = parseMoment(text, { zone, now: new Date(at) });
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
