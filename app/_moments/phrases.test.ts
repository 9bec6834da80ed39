import { expect, test } from "vitest";
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

test("what is read means what the list says", () => {
  const meant = readPhrases.map(({ text, at }) => ({ text, at, parsed: parseMoment(text, said.zone, said.now) }));
  const understood = meant.filter(({ parsed }) => parsed.ok);
  expect(understood.length).toBeGreaterThanOrEqual(11);
  for (const { text, at, parsed } of understood) expect(parsed, text).toEqual({ ok: true, instant: new Date(at) });
});
