import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unitsMax } from "@/domain/text/bounds";
import { parseMoment } from "./parse-moment";
import { readPhrases, refusedPhrases } from "./testing/phrases";
import { counts, dayWords, edges, fillers, months, units, weekdays, whiches } from "./words";

const words = [
  ...[counts, dayWords, edges, months, units, weekdays, whiches].flatMap((group) => Object.keys(group)),
  ...fillers,
  ..."now opening ago before after later and half noon midnight am pm uhr o'clock christmas new year eve q3 cet utc berlin".split(
    " ",
  ),
  ..."- + , . / : @ ' 3rd 31 2026 2025 1999 9999 14:00 2:30 02:30 9am 24:00 3.3. 3.4.2026 3/4 2026-03-03 7d 1h30m .5 +01:00".split(
    " ",
  ),
];

/** What can be put together from the words of the grammar, and anything else. */
const phrase = fc
  .oneof(
    fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((chosen) => chosen.join(" ")),
    fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((chosen) => chosen.join("")),
    fc.constantFrom(...[...readPhrases, ...refusedPhrases].map(({ text }) => text)),
    fc.string({ unit: "binary", maxLength: unitsMax.moment }),
  )
  .map((text) => text.slice(0, unitsMax.moment));

const now = fc.date({ min: new Date("1972-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
const zone = fc.constantFrom("Europe/Berlin", "UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Etc/GMT+5");

describe("whatever is typed", () => {
  test("no reading, and no choice that is offered, is in the future", () => {
    const property = fc.property(phrase, zone, now, (text, zone, now) => {
      const parsed = parseMoment(text, { zone, now, opening: now });
      const offered = parsed.ok ? [parsed.instant] : "readings" in parsed.problem ? parsed.problem.readings : [];
      for (const instant of offered) expect(instant.getTime(), text).toBeLessThanOrEqual(now.getTime());
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  test("what a reading says is read back as the same instant", () => {
    let read = 0;
    const property = fc.property(phrase, zone, now, (text, zone, now) => {
      const parsed = parseMoment(text, { zone, now, opening: now });
      if (!parsed.ok) return;
      read += 1;
      const { instant, spoken } = parsed;
      expect(parseMoment(spoken, { zone, now }), `${text}: ${spoken}`).toMatchObject({ ok: true, instant, spoken });
    });
    fc.assert(property, { numRuns: 2_000 });
    expect(read).toBeGreaterThan(200);
  });

  test("beyond the bound nothing is looked at", () => {
    expect(parseMoment("yesterday".padEnd(unitsMax.moment), { zone: "UTC", now: new Date() })).toMatchObject({ ok: true });
    const longer = parseMoment("yesterday".padEnd(unitsMax.moment + 1), { zone: "UTC", now: new Date() });
    expect(longer).toEqual({ ok: false, problem: { code: "malformed" } });
  });

  test("no phrase within the bound takes long", () => {
    const longest = [
      ...words.flatMap((word) => [`${word} `, word].map((piece) => piece.repeat(unitsMax.moment).slice(0, unitsMax.moment))),
      ...["a day before ", "1.5 ", "last last ", "the 3rd of ", "1h ", "3/", "9:00 ", "new year's "].map((piece) =>
        piece.repeat(unitsMax.moment).slice(0, unitsMax.moment),
      ),
      `${"1 day before ".repeat(5)}yesterday`,
    ];
    const asked = { zone: "Europe/Berlin", now: new Date("2026-11-29T12:00:00Z") };
    for (const text of longest)
      expect(
        leastMs(() => parseMoment(text, asked)),
        text,
      ).toBeLessThan(cpuMsMax);
  });
});

/** A moment that is typed is read at every key: beside a page, 50 ms of CPU would be felt. The least of some runs counts. */
const cpuMsMax = 50;

function leastMs(work: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...runs);
}
