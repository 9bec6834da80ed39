import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unitsMax } from "@/domain/text/bounds";
import { parseMoment } from "../_moments/parse-moment";
import { readPhrases, refusedPhrases, said } from "../_moments/testing/phrases";
import { readMoment } from "./read-moment";

const read = (text: string, asked = said) => {
  const parsed = readMoment(text, asked);
  return parsed.ok ? parsed.spoken : parsed.problem.code;
};

test("what our own grammar reads or refuses with a reason stays as it is", () => {
  const reasons = [
    "31 june",
    "yesterday morning",
    "last 7 days",
    "next tuesday",
    "3/4/2026",
    "a few days ago",
    "at 9",
    "1 jan 2027",
  ];
  for (const text of [...[...readPhrases, ...refusedPhrases].map(({ text }) => text), ...reasons])
    expect(readMoment(text, said), text).toEqual(parseMoment(text, said));
});

describe("what chrono alone knows is found in the past, at its end where no time is written", () => {
  test.each([
    ["third of march", "Tue 3 Mar 2026, end of day, Berlin"],
    ["on the twenty third of december", "Tue 23 Dec 2025, end of day, Berlin"],
    ["third of march 2024", "Sun 3 Mar 2024, end of day, Berlin"],
    ["third of march at 14:05", "Tue 3 Mar 2026, 14:05, Berlin"],
    ["last weekend", "Sun 22 Nov 2026, end of day, Berlin"],
  ])("%s is %s", (text, expected) => {
    expect(parseMoment(text, said).ok).toBe(false);
    expect(read(text)).toBe(expected);
  });
});

describe("what chrono would only guess is not read", () => {
  test.each([
    ["next tuesday maybe", "malformed"],
    ["rent of the third of march", "malformed"],
    ["third of march to fifth of march", "malformed"],
    ["third of march at 9", "malformed"], // in the morning or in the evening
    ["third of march 14:00 EST", "malformed"], // a zone by chrono's own list
    ["thirty first of june", "malformed"],
    ["3/4/2026 third of march", "malformed"],
    ["mid march", "vague"],
    ["tonight", "vague"],
    ["wednesday, third of march", "other_weekday"],
    ["third of march 3026", "not_come"],
    ["next weekend", "not_come"],
    ["third of march 2026 bc", "out_of_range"],
    ["third of march 1901", "out_of_range"],
  ])("%s: %s", (text, code) => {
    expect(read(text)).toBe(code);
  });
});

const words =
  "third of march twenty first weekend next last this before after ago week 3 weeks day 14:00 at 9 in the a friday 2025 and";
const phrase = fc.oneof(
  fc.array(fc.constantFrom(...words.split(" ")), { minLength: 1, maxLength: 8 }).map((chosen) => chosen.join(" ")),
  fc.string({ unit: "binary", maxLength: unitsMax.moment }),
);
const now = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
const zone = fc.constantFrom("Europe/Berlin", "UTC", "America/New_York", "Pacific/Apia");

test("no reading is in the future, and what it says is read back as the same instant", () => {
  let byChrono = 0;
  const property = fc.property(phrase, zone, now, (text, zone, now) => {
    const parsed = readMoment(text.slice(0, unitsMax.moment), { zone, now });
    if (!parsed.ok) return;
    if (!parseMoment(text, { zone, now }).ok) byChrono += 1;
    const { instant, spoken } = parsed;
    expect(instant.getTime(), text).toBeLessThanOrEqual(now.getTime());
    expect(readMoment(spoken, { zone, now }), `${text}: ${spoken}`).toMatchObject({ ok: true, instant });
  });
  fc.assert(property, { numRuns: 3_000 });
  expect(byChrono).toBeGreaterThan(0);
});

test("the same wherever the server is", () => {
  const before = process.env.TZ;
  try {
    for (const zone of ["America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin"]) {
      process.env.TZ = zone;
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      for (const now of [said.now, new Date("2026-03-29T23:30:00Z"), new Date("2026-11-01T08:30:00Z")])
        expect(read("third of march", { ...said, now }), zone).toBe("Tue 3 Mar 2026, end of day, Berlin");
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test("no phrase within the bound takes long, and beyond it nothing is looked at", () => {
  const pieces = [...words.split(" "), "1.5h ", "3 march ", "9:", "1-", "a ", "day before ", "second of ", "\u0315\u0316"];
  for (const piece of pieces) {
    const text = piece.repeat(unitsMax.moment).slice(0, unitsMax.moment);
    const ms = Math.min(...Array.from({ length: 5 }, () => cpuMsOf(() => readMoment(text, said))));
    expect(ms, text).toBeLessThan(50);
  }
  expect(read("third of march".padEnd(unitsMax.moment + 1))).toBe("malformed");
});

function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
