import { expect, test } from "vitest";
import { bankDate } from "./bank-date";

test.each([
  ["2026-03-28T22:59:59.999Z", "Europe/Berlin", "2026-03-28"],
  ["2026-03-28T23:00:00.000Z", "Europe/Berlin", "2026-03-29"],
  ["2026-06-30T21:59:59.999Z", "Europe/Berlin", "2026-06-30"],
  ["2026-06-30T22:00:00.000Z", "Europe/Berlin", "2026-07-01"],
  ["2026-01-01T18:14:59.999Z", "Asia/Kathmandu", "2026-01-01"], // +05:45
  ["2026-01-01T18:15:00.000Z", "Asia/Kathmandu", "2026-01-02"],
  ["2026-01-01T00:00:00.000Z", "America/New_York", "2025-12-31"],
  ["2026-01-01T00:00:00.000Z", "UTC", "2026-01-01"],
])("%s in %s is on %s", (instant, zone, date) => {
  expect(bankDate(new Date(instant), zone)).toBe(date);
});

test("asking for one zone does not change the answer for another", () => {
  const instant = new Date("2026-01-01T12:30:00Z");
  expect([
    bankDate(instant, "Pacific/Kiritimati"),
    bankDate(instant, "Pacific/Pago_Pago"),
    bankDate(instant, "Pacific/Kiritimati"),
  ]).toEqual(["2026-01-02", "2026-01-01", "2026-01-02"]);
});

test("an unknown zone throws", () => {
  expect(() => bankDate(new Date(0), "Europe/Nowhere")).toThrow(RangeError);
});
