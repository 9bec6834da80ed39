import { expect, test } from "vitest";
import { said } from "../_moments/testing/phrases";
import { liveReading } from "./live-reading";

const { zone, opening, now } = said;

test("what is read is said, with its instant and with what was named", () => {
  expect(liveReading({ text: "3 march", zone, opening }, now)).toEqual({
    kind: "read",
    instant: "2026-03-03T22:59:59.999Z",
    named: "day",
    spoken: "Tue 3 Mar 2026, end of day, Berlin",
  });
});

test("each choice of what has several meanings is read as one", () => {
  for (const text of ["christmas", "3/4/2026", "25 Oct 2026 02:30"]) {
    const refused = liveReading({ text, zone }, now);
    if (refused.kind !== "refused") throw new Error(`${text} was ${refused.kind}`);
    expect(refused.choices).toHaveLength(2);
    for (const choice of refused.choices) expect(liveReading({ text: choice, zone }, now)).toMatchObject({ spoken: choice });
  }
});

test.each([
  ["next tuesday maybe", "malformed", "This is not a moment we can read."],
  ["1 jan 2027", "not_come", "That moment has not come: Fri 1 Jan 2027, end of day, Berlin."],
  ["3/12/2026", "several", "This could mean Thu 12 Mar 2026, end of day, Berlin, or a moment that has not come."],
  ["opening", "no_opening", "Only an account has an opening."],
  ["9".repeat(20_000), "malformed", "This is not a moment we can read."],
])("%.20s is refused in words", (text, code, words) => {
  const refused = liveReading({ text, zone }, now);
  expect(refused).toMatchObject({ kind: "refused", code, text: expect.stringContaining(words) });
});

test("a zone that is none is refused by its name", () => {
  expect(liveReading({ text: "now", zone: "Europe/Berln" }, now)).toMatchObject({ kind: "refused", code: "unknown_zone" });
});
