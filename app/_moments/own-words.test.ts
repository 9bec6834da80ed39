import { describe, expect, test } from "vitest";
import { parseMoment } from "./parse-moment";
import type { Asked } from "./resolve";
import { said } from "./testing/phrases";

/** In Berlin, as clocks there show it, or the code of the problem. */
function heard(text: string, asked: Asked = said): string {
  const parsed = parseMoment(text, asked);
  return parsed.ok ? parsed.spoken : parsed.problem.code;
}

const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split("→").map((part) => part.trim()) as [string, string]);

/** Said on Sunday, 29 November 2026, 13:00 in Berlin. */
describe.each([
  [
    "days",
    `
    the 3rd → Tue 3 Nov 2026, end of day, Berlin
    the 30th → Fri 30 Oct 2026, end of day, Berlin
    3rd of March → Tue 3 Mar 2026, end of day, Berlin
    March the 3rd, 2026 → Tue 3 Mar 2026, end of day, Berlin
    3 mar 26 → Tue 3 Mar 2026, end of day, Berlin
    3 March '26 → Tue 3 Mar 2026, end of day, Berlin
    03-Mar-2026 → Tue 3 Mar 2026, end of day, Berlin
    3.3. → Tue 3 Mar 2026, end of day, Berlin
    3. 3. 2026 → Tue 3 Mar 2026, end of day, Berlin
    2026/3/4 → Wed 4 Mar 2026, end of day, Berlin
    13/3/2026 → Fri 13 Mar 2026, end of day, Berlin
    3/13/2026 → Fri 13 Mar 2026, end of day, Berlin
    3 march last year → Mon 3 Mar 2025, end of day, Berlin
    29 feb → Thu 29 Feb 2024, end of day, Berlin
    30 nov → Sun 30 Nov 2025, end of day, Berlin
    the 3rd of last month → Sat 3 Oct 2026, end of day, Berlin
    Sat 28 Nov → Sat 28 Nov 2026, end of day, Berlin
    friday last week → Fri 20 Nov 2026, end of day, Berlin
    last week friday → Fri 20 Nov 2026, end of day, Berlin
    this tuesday → Tue 24 Nov 2026, end of day, Berlin
    sunday → Sun 22 Nov 2026, end of day, Berlin
    the day before yesterday → Fri 27 Nov 2026, end of day, Berlin
    a week before 3 march → Tue 24 Feb 2026, end of day, Berlin
    2 days after christmas day → Sat 27 Dec 2025, end of day, Berlin
    new year's eve → Wed 31 Dec 2025, end of day, Berlin
    christmas eve 2024 → Tue 24 Dec 2024, end of day, Berlin
    `,
  ],
  [
    "spans",
    `
    2025 → Wed 31 Dec 2025, end of day, Berlin
    Q2 → Tue 30 Jun 2026, end of day, Berlin
    Q2 2025 → Mon 30 Jun 2025, end of day, Berlin
    2026-05 → Sun 31 May 2026, end of day, Berlin
    05/2026 → Sun 31 May 2026, end of day, Berlin
    may last year → Sat 31 May 2025, end of day, Berlin
    december → Wed 31 Dec 2025, end of day, Berlin
    last november → Sun 30 Nov 2025, end of day, Berlin
    start of may → Fri 1 May 2026, 00:00, Berlin
    beginning of last quarter → Wed 1 Jul 2026, 00:00, Berlin
    end of november → Sun 30 Nov 2025, end of day, Berlin
    end of the 3rd → Tue 3 Nov 2026, end of day, Berlin
    `,
  ],
  [
    "what is not over is so far",
    `
    today → Sun 29 Nov 2026, 13:00, Berlin
    2026-11-29 → Sun 29 Nov 2026, 13:00, Berlin
    29 november → Sun 29 Nov 2026, 13:00, Berlin
    the 29th → Sun 29 Nov 2026, 13:00, Berlin
    november → Sun 29 Nov 2026, 13:00, Berlin
    this week → Sun 29 Nov 2026, 13:00, Berlin
    2026 → Sun 29 Nov 2026, 13:00, Berlin
    `,
  ],
  [
    "times",
    `
    midnight → Sun 29 Nov 2026, 00:00, Berlin
    9am → Sun 29 Nov 2026, 09:00, Berlin
    14:00 → Sat 28 Nov 2026, 14:00, Berlin
    2:30 pm → Sat 28 Nov 2026, 14:30, Berlin
    2.30pm yesterday → Sat 28 Nov 2026, 14:30, Berlin
    12 am → Sun 29 Nov 2026, 00:00, Berlin
    12pm → Sun 29 Nov 2026, 12:00, Berlin
    9 a.m. on tuesday → Tue 24 Nov 2026, 09:00, Berlin
    sunday 9:00 → Sun 29 Nov 2026, 09:00, Berlin
    noon on 3 march → Tue 3 Mar 2026, 12:00, Berlin
    yesterday at 9 in the evening → Sat 28 Nov 2026, 21:00, Berlin
    3 march 24:00 → Wed 4 Mar 2026, 00:00, Berlin
    monday at 14 → Mon 23 Nov 2026, 14:00, Berlin
    3 days ago at 14:00 → Thu 26 Nov 2026, 14:00, Berlin
    the 3rd 14:05:06.5 → Tue 3 Nov 2026, 14:05:06.500, Berlin
    3 march 14:00 UTC → Tue 3 Mar 2026, 15:00, Berlin
    yesterday 23:00 +09:00 → Sat 28 Nov 2026, 15:00, Berlin
    3 march 14:00 cet → Tue 3 Mar 2026, 14:00, Berlin
    3 march 14:00 EST → other_zone
    3 march 14:00, Berlin time → Tue 3 Mar 2026, 14:00, Berlin
    `,
  ],
  [
    "counting back",
    `
    half an hour ago → Sun 29 Nov 2026, 12:30, Berlin
    1.5 hours ago → Sun 29 Nov 2026, 11:30, Berlin
    1h30m ago → Sun 29 Nov 2026, 11:30, Berlin
    a year and 3 months ago → Fri 29 Aug 2025, 13:00, Berlin
    2 fortnights ago → Sun 1 Nov 2026, 13:00, Berlin
    - 2 weeks → Sun 15 Nov 2026, 13:00, Berlin
    `,
  ],
  [
    "German",
    `
    heute → Sun 29 Nov 2026, 13:00, Berlin
    vorgestern → Fri 27 Nov 2026, end of day, Berlin
    letzten Dienstag → Tue 24 Nov 2026, end of day, Berlin
    am Dienstag um 9 Uhr → Tue 24 Nov 2026, 09:00, Berlin
    14 Uhr 30 am Montag → Mon 23 Nov 2026, 14:30, Berlin
    14:00 am Montag → Mon 23 Nov 2026, 14:00, Berlin
    gestern um 9 Uhr abends → Sat 28 Nov 2026, 21:00, Berlin
    3. März → Tue 3 Mar 2026, end of day, Berlin
    3. Ma\u0308rz 2026, 14.30 Uhr → Tue 3 Mar 2026, 14:30, Berlin
    Ende Mai → Sun 31 May 2026, end of day, Berlin
    Anfang letzten Monats → Thu 1 Oct 2026, 00:00, Berlin
    letzte Woche → Sun 22 Nov 2026, end of day, Berlin
    voriges Jahr → Wed 31 Dec 2025, end of day, Berlin
    vor einer Stunde → Sun 29 Nov 2026, 12:00, Berlin
    vor 3 Tagen → Thu 26 Nov 2026, 13:00, Berlin
    Silvester → Wed 31 Dec 2025, end of day, Berlin
    `,
  ],
])("%s", (_what, cases) => {
  test.each(lines(cases))("%s is %s", (text, expected) => {
    expect(heard(text)).toBe(expected);
  });
});

describe("what has more than one meaning is asked back", () => {
  const readings = (text: string, asked: Asked = said) => {
    const parsed = parseMoment(text, asked);
    return !parsed.ok && parsed.problem.code === "several" ? parsed.problem.readings.map((at) => at.toISOString()) : parsed;
  };

  test.each([
    ["3/4/2026", "2026-03-04T22:59:59.999Z", "2026-04-03T21:59:59.999Z"],
    ["3-4-2026", "2026-03-04T22:59:59.999Z", "2026-04-03T21:59:59.999Z"],
    ["3/4", "2026-03-04T22:59:59.999Z", "2026-04-03T21:59:59.999Z"],
    ["yesterday at midnight", "2026-11-27T23:00:00.000Z", "2026-11-28T23:00:00.000Z"],
    ["tuesday at 9", "2026-11-24T08:00:00.000Z", "2026-11-24T20:00:00.000Z"],
    ["tuesday 9 o’clock", "2026-11-24T08:00:00.000Z", "2026-11-24T20:00:00.000Z"],
  ])("%s", (text, ...expected) => {
    expect(readings(text)).toEqual(expected);
  });

  test("where one of two has not come, the other is not taken for it", () => {
    expect(readings("3/12/2026")).toEqual(["2026-03-12T22:59:59.999Z"]);
  });

  test("a date that the person's own format decides is read", () => {
    expect(heard("3/4/2026", { ...said, order: "day_first" })).toBe("Fri 3 Apr 2026, end of day, Berlin");
    expect(heard("3/4/2026", { ...said, order: "month_first" })).toBe("Wed 4 Mar 2026, end of day, Berlin");
  });
});

test("a time in words that clocks skipped is refused, and one that they showed twice is asked back", () => {
  const asked = (now: string) => ({ zone: "Europe/Berlin", now: new Date(now) });
  expect(heard("yesterday 2:30", asked("2026-03-30T12:00:00Z"))).toBe("in_gap");
  expect(heard("sunday at 2:30 am", asked("2026-10-28T12:00:00Z"))).toBe("twice");
  expect(heard("2:30", asked("2026-10-25T00:45:00Z"))).toBe("Sun 25 Oct 2026, 02:30 CEST, Berlin"); // the second is to come
});
