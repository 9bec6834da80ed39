import { describe, expect, test } from "vitest";
import { readAsOfParams } from "./as-of-params";
import { readQuestion } from "./read-question";

const now = new Date("2026-11-29T12:00:00.000Z");
const opening = new Date("2025-05-28T07:41:09.318Z");

const ask = (query: string) =>
  readQuestion(readAsOfParams(Object.fromEntries(new URLSearchParams(query))), { zone: "Europe/Berlin", now, opening });

/** The code of the problem, or what is asked. */
function answer(query: string) {
  const question = ask(query);
  return question.kind === "problem" ? question.problem.code : question.kind === "at" ? question.at : question.kind;
}

test("nothing asked is no question", () => {
  expect(answer("")).toBe("none");
  expect(answer("when=&zone=Europe/Berlin")).toBe("none");
  expect(answer("when=now&when=now")).toEqual({ kind: "time", t: now });
});

test("a resolved instant, an event and a position are asked for as they stand", () => {
  expect(answer("t=2026-03-31T21:59:59.999Z")).toEqual({ kind: "time", t: new Date("2026-03-31T21:59:59.999Z") });
  expect(answer("event=12")).toEqual({ kind: "event", version: 12 });
  expect(answer("position=9223372036854775807&hash=ab")).toMatchObject({ kind: "position", position: 2n ** 63n - 1n });
});

describe("every way of naming a moment has one range, and is refused in words beyond it", () => {
  test.each([
    ["when=-99999y", "out_of_range"],
    ["when=99999 years ago", "out_of_range"],
    ["when=-99999d", "out_of_range"],
    ["when=1969-12-31", "out_of_range"],
    ["when=31 Dec 1969", "out_of_range"],
    ["t=1969-12-31T23:59:59.999Z", "out_of_range"],
    ["t=0000-01-01T00:00:00Z", "out_of_range"],
    ["t=%2B010000-01-01T00:00:00.000Z", "not_come"],
    ["t=-000001-01-01T00:00:00.000Z", "out_of_range"],
    ["t=2026-02-30T00:00:00Z", "no_such_day"],
    ["t=yesterday", "malformed"],
    [`t=${"2".repeat(5_000)}`, "malformed"],
    [`when=${"1".repeat(5_000)}`, "malformed"],
    ["when=now&zone=Europe/Berln", "unknown_zone"],
    [`when=now&zone=${"a".repeat(5_000)}`, "unknown_zone"],
    ["position=0", "no_position"],
    ["position=-1", "no_position"],
    ["position=9223372036854775808", "no_position"],
    [`position=${"9".repeat(5_000)}`, "no_position"],
    ["event=0", "no_event"],
    ["event=2147483648", "no_event"],
    ["event=1e3", "no_event"],
    ["event=abc", "no_event"],
  ])("%s: %s", (query, code) => {
    expect(answer(query)).toBe(code);
  });
});

describe("a moment that has not come says so, however it is named", () => {
  test.each([
    "when=2027-01-01",
    "when=2027-01-01T00:00",
    "when=2026-11-29T13:01",
    "when=1 Jan 2027, 00:00 UTC",
    "when=3.3.2027",
    "when=tomorrow",
    "when=morgen",
    "when=today 14:00",
    "when=end of today",
    "when=end of this month",
    "when=next tuesday",
    "when=next march",
    "when=in 3 days",
    "when=%2B1h",
    "when=2 weeks from now",
    "when=2027",
    "when=Q1 2027",
    "when=99999-01-01",
    "t=2027-01-01T00:00:00.000Z",
    "t=2026-11-29T12:01:00.001Z",
    `t=2027-01-01T00:00:00.000Z&position=5&hash=${"0".repeat(64)}`,
  ])("%s", (query) => {
    expect(answer(query)).toBe("not_come");
  });
});

test("what the database has stamped has come, though its clock is ahead of ours", () => {
  expect(answer("t=2026-11-29T12:00:59.000Z")).toEqual({ kind: "time", t: new Date("2026-11-29T12:00:59.000Z") });
});

test("the opening is the account's", () => {
  expect(answer("when=opening")).toEqual({ kind: "time", t: opening });
});

test("a zone is one however it is spelt", () => {
  expect(answer("when=2026-03-03&zone=europe/berlin")).toEqual(answer("when=2026-03-03&zone=Europe/Berlin"));
});
