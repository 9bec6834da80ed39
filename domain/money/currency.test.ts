import { expect, test } from "vitest";
import { type Currency, currencies, exponentAtOpening, nameOf, parseCurrency, parseOfferedCurrency } from "./currency";
import { toDecimalString } from "./decimal";
import { money } from "./money";
import { parseAmount } from "./parse-amount";

test("every code stands once, in order, with three letters, a name and 0 to 4 digits", () => {
  const codes = currencies.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  for (const { code, exponent, name } of currencies) {
    expect(code).toMatch(/^[A-Z]{3}$/);
    expect(name).not.toBe("");
    expect([0, 2, 3, 4]).toContain(exponent);
    expect(parseOfferedCurrency(code)).toBe(code);
    expect(exponentAtOpening(code)).toBe(exponent);
    expect(nameOf(code)).toBe(name);
  }
});

// Written down apart from the table, from ISO 4217 list one: all that have other than two digits.
test.each([
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
])("the currencies with %s digits are exactly those of the standard", (exponent, codes) => {
  expect(currencies.filter((row) => row.exponent === exponent).map(({ code }) => String(code))).toEqual(codes.split(" "));
});

test.each(["XAU", "XAG", "XDR", "XTS", "XXX", "XBA", "XSU", "XUA", "eur", "EURO", "", "EU"])(
  "%j is nothing to open an account in",
  (text) => {
    expect(parseOfferedCurrency(text)).toBeUndefined();
  },
);

test("any three capitals are a code that can stand in the book; a name is at least the code", () => {
  for (const code of ["BGN", "DEM", "XXX"]) {
    expect(parseCurrency(code)).toBe(code);
    expect(parseOfferedCurrency(code)).toBeUndefined();
    expect(nameOf(code as Currency)).toBe(code);
  }
  for (const text of ["eur", "EURO", "", "EU", "E1R", "ЕUR"]) expect(parseCurrency(text)).toBeUndefined();
});

test.each(currencies)("$code prints its smallest unit and reads it again", ({ code, exponent }) => {
  for (const minorUnits of [1n, 10n ** BigInt(exponent), 123_456_789n]) {
    const text = toDecimalString(minorUnits, exponent);
    expect(text.split(".")[1]?.length ?? 0).toBe(exponent);
    if (exponent !== 3 || text.length > 7)
      expect(parseAmount(text, { currency: code, exponent }, "1,234.56")).toEqual({ ok: true, value: money(minorUnits, code) });
  }
});
