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
  test("the readings are written in the person's format, and what is offered can be typed as it is", () => {
    const other = { format: "1.234,56", write: "1234,00" };
    expect(read("1.234", "1,234.56")).toEqual({
      code: "ambiguous",
      readings: ["1234.00", "1.234"],
      offer: { write: ["1234.00"], other },
    });
    expect(read("1,234", "1.234,56")).toMatchObject({ readings: ["1234,00", "1,234"], offer: { write: ["1234,00"] } });
    expect(read("1,234", "1,234.56")).toMatchObject({ readings: ["1234.00", "1.234"], offer: { other: null } });
    expect(read("1234.00", "1,234.56")).toBe(123_400n);
    expect(read("1234,00", "1.234,56")).toBe(123_400n);
  });
  test("a group separator of the person's own has one meaning where the currency has no decimals", () => {
    expect(read("1,234", "1,234.56", JPY)).toBe(1_234n);
    expect(read("1,234", "1.234,56", JPY)).toMatchObject({ code: "ambiguous", readings: ["1234", "1,234"] });
  });
  test("all three decimals of a currency that has three are no ambiguity in the person's own format", () => {
    expect(read("1.234", "1,234.56", KWD)).toBe(1_234n);
    expect(read("1,234", "1.234,56", KWD)).toBe(1_234n);
    expect(read("1,234", "1,234.56", KWD)).toEqual({
      code: "ambiguous",
      readings: ["1234.000", "1.234"],
      offer: { write: ["1234.000", "1.234"], other: { format: "1.234,56", write: "1,234" } },
    });
  });
});

test.each([
  "abc",
  "12,34.5",
  ",123",
  "1,,234",
  "1.2.3",
  "1,234.5.6",
  "1.",
  ".5",
  "1e5",
  "0x10",
  "5%",
  "5²",
  "½",
  "1 2",
  "0,123.00",
  "1,234 567",
  "1٢.50",
  "1\u200f2",
  "\u202e12",
  "--5",
  "-+5",
  "-",
  "€",
  "1".repeat(65),
  "NaN",
])("%j is malformed", (text) => {
  expect(parseAmount(text, EUR, "1,234.56", ["€"])).toEqual({ ok: false, refusal: { code: "malformed" } });
});

test.each([
  ["€5", 500n],
  ["5 €", 500n],
  ["EUR 1,234.56", 123_456n],
  ["eur5", 500n],
  ["5.00EUR", 500n],
  ["+12.50", 1_250n],
  ["\u2066€\u200e12.50\u2069", 1_250n],
  ["１２．５０", 1_250n],
  ["٣", 300n],
  ["١٬٢٣٤٫٥٠", 123_450n],
  ["১২.৫০", 1_250n],
  ["1 234.50", 123_450n],
  ["1\u2009234\u2007567.50", 123_456_750n],
  ["1´234.50", 123_450n],
  ["1ʼ234.50", 123_450n],
  ["1‘234’567", 123_456_700n],
])("%j has one meaning", (text, minorUnits) => {
  expect(parseAmount(text, EUR, "1,234.56", ["€"])).toEqual({ ok: true, value: money(minorUnits, EUR.currency) });
});

test.each([
  ["$5", "$"],
  ["5 ￥", "¥"],
  ["CHF 5", "CHF"],
  ["−USD-5", "USD"],
  ["5.00 kwd", "KWD"],
])("%j says another currency", (text, written) => {
  expect(parseAmount(text, EUR, "1,234.56", ["€"])).toEqual({ ok: false, refusal: { code: "other_currency", written } });
});

describe("another format than the person's", () => {
  test.each([
    ["12,50", "1,234.56", "12.50", "1.234,56", "12,50"],
    ["1.234,50", "1,234.56", "1234.50", "1.234,56", "1234,50"],
    ["1 234,50", "1,234.56", "1234.50", "1 234,56", "1234,50"],
    ["1.234.567", "1,234.56", "1234567.00", "1.234,56", "1234567,00"],
    ["12.5", "1.234,56", "12,50", "1,234.56", "12.50"],
    ["1'234.50", "1 234,56", "1234,50", "1'234.56", "1234.50"],
    ["1,234.50", "1'234.56", "1234.50", "1,234.56", "1234.50"],
  ] as const)("%s in %s is refused: there it is %s, or the person writes %s", (text, own, write, format, there) => {
    expect(read(text, own)).toEqual({ code: "other_format", offer: { write: [write], other: { format, write: there } } });
    expect(read(write, own)).toBe(read(there, format));
  });
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
