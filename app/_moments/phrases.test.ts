import { describe, expect, test } from "vitest";
import { parseMoment } from "./parse-moment";
import { readPhrases, refusedPhrases, said } from "./testing/phrases";

test("of 45 phrases that people type 43 have one meaning, and two are refused for having more", () => {
  const texts = [...readPhrases, ...refusedPhrases].map(({ text }) => text);
  expect(new Set(texts).size).toBe(45);
  expect(refusedPhrases.map(({ text }) => text)).toEqual(["christmas", "new year"]);
});

test("none of them means a moment that has not come", () => {
  const instants = [...readPhrases.map(({ at }) => at), ...refusedPhrases.flatMap(({ readings }) => readings)];
  for (const at of instants) expect(new Date(at).getTime(), at).toBeLessThanOrEqual(said.now.getTime());
});

describe("what is read means what the list says", () => {
  test.each(readPhrases)("$text", ({ text, at, named }) => {
    expect(parseMoment(text, said)).toMatchObject({ ok: true, instant: new Date(at), named });
  });
});

test("what has more than one meaning is refused with each of them", () => {
  for (const { text, code, readings } of refusedPhrases) {
    const problem = { code, zone: said.zone, readings: readings.map((at) => new Date(at)) };
    expect(parseMoment(text, said), text).toEqual({ ok: false, problem });
  }
});
