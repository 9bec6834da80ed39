/** When and where all of these are said: a Sunday, 13:00 in Berlin. The account was opened at the last of them. */
export const said = {
  now: new Date("2026-11-29T12:00:00.000Z"),
  zone: "Europe/Berlin",
  opening: new Date("2025-05-28T07:41:09.318Z"),
} as const;

type Read = { text: string; at: string; named: "instant" | "minute" | "day" | "week" | "month" | "year" };

/** What has more than one meaning: each is offered, none is taken. */
type Refused = { text: string; code: "several"; readings: readonly [string, string]; why: string };

const read = (named: Read["named"], at: string, ...texts: readonly string[]): Read[] =>
  texts.map((text) => ({ text, at, named }));

/**
 * Moments that are read. A day, a week, a month or a year alone is its end: "As of" includes it whole. What names no year
 * or no week is the latest that has passed. Whatever counts back from now keeps the clock's time.
 */
export const readPhrases: readonly Read[] = [
  ...read("day", "2026-03-03T22:59:59.999Z", "3 march", "3 march 2026", "march 3", "3 Mar"),
  ...read("day", "2026-03-03T22:59:59.999Z", "3.3.2026", "03.03.2026", "03/03/2026", "2026-03-03"),
  ...read("minute", "2026-03-03T13:05:00.000Z", "2026-03-03 14:05"),
  ...read("month", "2026-03-31T21:59:59.999Z", "last march", "end of march", "end of last march", "march 2026"),
  ...read("week", "2026-11-22T22:59:59.999Z", "last week"),
  ...read("month", "2026-10-31T22:59:59.999Z", "last month"),
  ...read("instant", "2026-11-22T12:00:00.000Z", "a week ago", "1 week ago", "-7d"),
  ...read("instant", "2026-11-15T12:00:00.000Z", "2 weeks ago"),
  ...read("day", "2026-11-27T22:59:59.999Z", "last friday"),
  ...read("day", "2026-11-24T22:59:59.999Z", "tuesday", "last tuesday", "on tuesday"),
  ...read("minute", "2026-11-23T08:00:00.000Z", "monday 9am"),
  ...read("day", "2026-11-28T22:59:59.999Z", "yesterday", "gestern"),
  ...read("minute", "2026-11-28T13:00:00.000Z", "yesterday 14:00"),
  ...read("minute", "2026-11-28T11:00:00.000Z", "yesterday at noon"),
  ...read("minute", "2026-11-29T11:00:00.000Z", "noon"),
  ...read("minute", "2026-11-29T08:00:00.000Z", "today 9:00"),
  ...read("year", "2025-12-31T22:59:59.999Z", "last year", "end of 2025"),
  ...read("year", "2025-12-31T23:00:00.000Z", "start of year", "start of this year"),
  ...read("instant", "2026-08-29T11:00:00.000Z", "3 months ago"), // 13:00 in summer time
  ...read("instant", "2025-11-29T12:00:00.000Z", "a year ago", "one year ago"),
  ...read("month", "2026-05-31T21:59:59.999Z", "last may", "may", "end of may 2026"),
  ...read("instant", "2026-11-29T11:00:00.000Z", "an hour ago"),
  ...read("instant", "2026-11-29T12:00:00.000Z", "now"),
  ...read("instant", "2025-05-28T07:41:09.318Z", "opening"),
];

export const refusedPhrases: readonly Refused[] = [
  {
    text: "christmas",
    code: "several",
    readings: ["2025-12-24T22:59:59.999Z", "2025-12-25T22:59:59.999Z"],
    why: "In Berlin it is kept on the evening of the 24th, in London on the 25th: money moved on both days.",
  },
  {
    text: "new year",
    code: "several",
    readings: ["2025-12-31T22:59:59.999Z", "2026-01-01T22:59:59.999Z"],
    why: "The end of the old year, which bookkeepers ask for, and the first day of the new one differ by a day of interest.",
  },
];
