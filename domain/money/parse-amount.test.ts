import { describe, expect, test } from "vitest";
import { currencyOf } from "../account/testing/examples";
import { AMOUNT_MAX, money } from "./money";
import { type NumberFormat, numberFormats } from "./number-format";
import { parseAmount } from "./parse-amount";

const EUR = { currency: currencyOf("EUR"), exponent: 2 };
const JPY = { currency: currencyOf("JPY"), exponent: 0 };
const KWD = { currency: currencyOf("KWD"), exponent: 3 };

function read(text: string, format: NumberFormat = "1,234.56", unit = EUR) {
  const result = parseAmount(text, unit, format);
  return result.ok ? result.value.minorUnits : result.refusal;
}

test.each(numberFormats)("%s is read as it is written", (format) => {
  expect(read(format, format)).toBe(123_456n);
  expect(read(`  ${format} `, format)).toBe(123_456n);
});

test.each([
  ["5", "1,234.56", 500n],
  ["5.5", "1,234.56", 550n],
  ["0.05", "1,234.56", 5n],
  ["1234", "1,234.56", 123_400n],
  ["1,234,567.89", "1,234.56", 123_456_789n],
  ["1,234,567", "1,234.56", 123_456_700n],
  ["1.234.567,8", "1.234,56", 123_456_780n],
  ["1 234", "1 234,56", 123_400n],
  ["1\u00a0234,50", "1 234,56", 123_450n],
  ["1\u202f234\u202f567", "1 234,56", 123_456_700n],
  ["1'234", "1'234.56", 123_400n],
  ["1’234.50", "1'234.56", 123_450n],
] as const)("%j in %s is %s", (text, format, minorUnits) => {
  expect(read(text, format)).toBe(minorUnits);
});

describe("ambiguous", () => {
  test.each(["1.234", "1,234", "12.345", "999,999"])("%j is refused in every format, showing both ways to read it", (text) => {
    for (const format of numberFormats) expect(read(text, format)).toMatchObject({ code: "ambiguous" });
  });
  test("the readings are written in the person's format and can be typed as they are", () => {
    expect(read("1.234", "1,234.56")).toEqual({ code: "ambiguous", readings: ["1234.00", "1.234"] });
    expect(read("1.234", "1.234,56")).toEqual({ code: "ambiguous", readings: ["1234,00", "1,234"] });
    expect(read("1234.00", "1,234.56")).toBe(123_400n);
    expect(read("1,234", "1,234.56", JPY)).toEqual({ code: "ambiguous", readings: ["1234", "1.234"] });
  });
  test("all three decimals of a currency that has three are no ambiguity in the person's own format", () => {
    expect(read("1.234", "1,234.56", KWD)).toBe(1_234n);
    expect(read("1,234", "1.234,56", KWD)).toBe(1_234n);
    expect(read("1,234", "1,234.56", KWD)).toEqual({ code: "ambiguous", readings: ["1234.000", "1.234"] });
  });
});

test.each([
  "abc",
  "1,23",
  "12,34.5",
  "1,2345",
  ",123",
  "1,,234",
  "1.2.3",
  "1,234.5.6",
  "1.",
  ".5",
  "1e5",
  "0x10",
  "+5",
  "5 €",
  "€5",
  "1 2",
  "1'234",
  "0,123.00",
  "1,234 567",
  "１２",
  "٣",
  "--5",
  "-",
  "1".repeat(65),
  "NaN",
])("%j is malformed", (text) => {
  expect(read(text)).toEqual({ code: "malformed" });
});

test("a space groups nothing where it was not declared", () => {
  expect(read("1 234.56", "1,234.56")).toEqual({ code: "malformed" });
  expect(read("1.234.567,00", "1,234.56")).toEqual({ code: "malformed" });
});

test.each(["", "   ", "\u00a0"])("%j is empty", (text) => {
  expect(read(text)).toEqual({ code: "empty" });
});

test.each(["0", "0.00", "-5", "−5.10"])("%j is not positive", (text) => {
  expect(read(text)).toEqual({ code: "not_positive" });
});

test("more digits than the currency has are refused, with both counts", () => {
  expect(read("5.0000")).toEqual({ code: "too_many_digits", allowed: 2, given: 4 });
  expect(read("0.123")).toEqual({ code: "too_many_digits", allowed: 2, given: 3 });
  expect(read("5.0", "1,234.56", JPY)).toEqual({ code: "too_many_digits", allowed: 0, given: 1 });
  expect(read("1.2345", "1,234.56", KWD)).toEqual({ code: "too_many_digits", allowed: 3, given: 4 });
});

test("the largest amount is read, one cent more is too large", () => {
  expect(read("10000000000000.00")).toBe(AMOUNT_MAX);
  expect(read("10000000000000.01")).toEqual({ code: "too_large", limit: money(AMOUNT_MAX, EUR.currency) });
  expect(read("9".repeat(60))).toMatchObject({ code: "too_large" });
});
