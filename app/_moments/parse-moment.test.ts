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
  ])("%s is %s", (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  test.each(["", "soon", "2026-02-30", "2026-13-01T00:00", "2026-01-01T25:00", "-7y", "end of smarch 2026"])("%j is not one", (text) => {
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

  test("a day whose midnight is skipped still has an end", () => {
    expect(instant("2018-11-03", "America/Sao_Paulo")).toBe("2018-11-04T02:59:59.999Z");
  });
});
