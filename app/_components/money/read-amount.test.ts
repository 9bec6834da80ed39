import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, currencies, exponents } from "@/domain/money/currency";
import { toDecimalString } from "@/domain/money/decimal";
import { AMOUNT_MAX } from "@/domain/money/money";
import { type NumberFormat, numberFormats, separatorsOf } from "@/domain/money/number-format";
import { formatMoney } from "./format-money";
import { readAmount, readAnyAmount } from "./read-amount";

const codes = currencies.map(({ code }) => code);
const some = exponents.flatMap((exponent) => codes.filter((_, at) => at % 12 === exponent).map((code) => ({ code, exponent })));

/** Minor units, or the code of the refusal. */
function read(text: string, { code: currency, exponent }: Row, format: NumberFormat): bigint | string {
  const result = readAmount(text, { currency, exponent }, format);
  return result.ok ? result.value.minorUnits : result.refusal.code;
}

type Row = { code: Currency; exponent: number };

const styles = [
  { unit: "symbol" },
  { unit: "code" },
  { unit: "none" },
  { unit: "symbol", signed: true },
  { unit: "none", signed: true },
] as const;

const amounts = fc.oneof(fc.bigInt(1n, 9_999n), fc.bigInt(1n, AMOUNT_MAX));

test.each(numberFormats)("whatever the bank prints in %s is read back, in every currency and style", (format) => {
  for (const { code, exponent } of [...currencies, ...some])
    for (const minorUnits of [1n, 1_234n, 12_345n, 1_234_567n, 100_000n])
      for (const style of styles) {
        const text = formatMoney({ minorUnits, currency: code, exponent }, format, style);
        expect(read(text, { code, exponent }, format), `${text} in ${code}`).toBe(minorUnits);
      }
});

describe("never a thousand times too much or too little", () => {
  const spaces = ["\u202f", "\u00a0", " ", "\u2009", "\u2007"];
  const apostrophes = ["'", "’", "´", "ʼ"];
  const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xff10];

  test("printed in any format, retyped in any way, read in any other format: the same, or refused", () => {
    const property = fc.property(
      fc.constantFrom(...some),
      fc.constantFrom(...numberFormats),
      fc.constantFrom(...numberFormats),
      fc.constantFrom(...styles),
      amounts,
      fc.record({
        space: fc.constantFrom(...spaces),
        apostrophe: fc.constantFrom(...apostrophes),
        zero: fc.constantFrom(...zeros),
        mark: fc.constantFrom("", "\u200e", "\u2066"),
      }),
      ({ code, exponent }, printed, own, style, minorUnits, { space, apostrophe, zero, mark }) => {
        const text = formatMoney({ minorUnits, currency: code, exponent }, printed, style)
          .replace(/\p{Zs}/gu, space)
          .replace(/’/g, apostrophe)
          .replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
        const result = read(mark + text, { code, exponent }, own);
        if (typeof result === "bigint") expect(result, `${text} in ${own}`).toBe(minorUnits);
        if (printed === own) expect(result, `${text} in ${own}`).toBe(minorUnits);
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });

  test("without group separators, with fewer decimals, in any format", () => {
    const property = fc.property(
      fc.constantFrom(...some),
      fc.constantFrom(...numberFormats),
      fc.constantFrom(...numberFormats),
      amounts,
      ({ code, exponent }, written, own, minorUnits) => {
        const exact = toDecimalString(minorUnits, exponent).replace(".", separatorsOf[written].decimal);
        for (const text of [exact, exact.replace(/([.,][0-9]*?)0+$/, "$1").replace(/[.,]$/, "")]) {
          const result = read(text, { code, exponent }, own);
          if (typeof result === "bigint") expect(result, `${text} in ${own}`).toBe(minorUnits);
        }
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });

  test("what a refusal offers to write is read as the same amount", () => {
    const property = fc.property(
      fc.constantFrom(...some),
      fc.constantFrom(...numberFormats),
      fc.constantFrom(...numberFormats),
      amounts,
      ({ code, exponent }, printed, own, minorUnits) => {
        const text = formatMoney({ minorUnits, currency: code, exponent }, printed, { unit: "none" });
        const result = readAmount(text, { currency: code, exponent }, own);
        if (result.ok || !("offer" in result.refusal)) return;
        const { write, other } = result.refusal.offer;
        const offered = write.map((one) => read(one, { code, exponent }, own));
        if (other) offered.push(read(other.write, { code, exponent }, other.format));
        for (const amount of offered) expect(typeof amount, `${text} in ${own}: ${String(amount)}`).toBe("bigint");
        expect(offered, `${text} in ${own}`).toContain(minorUnits);
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});

const euro = { code: "EUR" as Currency, exponent: 2 };

test("the sign of another currency is no part of an amount", () => {
  for (const text of ["$10.00", "£10.00", "10.00 CHF", "¥10"]) expect(read(text, euro, "1,234.56")).toBe("other_currency");
});

describe("an amount of any currency", () => {
  const any = (text: string, format: NumberFormat = "1,234.56") => {
    const read = readAnyAmount(text, format);
    return read.ok ? read.value : read.refusal.code;
  };

  test("is read with every number of decimals that it can have", () => {
    const readings = [2, 3, 4].map((exponent) => ({ exponent, minorUnits: 125n * 10n ** BigInt(exponent - 1) }));
    expect(any("12.50")).toEqual({ readings, currencies: null });
    expect(any("1.2345")).toEqual({ readings: [{ exponent: 4, minorUnits: 12_345n }], currencies: null });
  });

  test("is of one currency, or of several with one sign, where that stands beside it; also of one that the table lacks", () => {
    expect(any("€12.50")).toMatchObject({ currencies: ["EUR"] });
    expect(any("BGN 12.50")).toMatchObject({ currencies: ["BGN"] });
    expect(any("$5")).toMatchObject({ currencies: expect.arrayContaining(["USD", "AUD"]) });
    expect(any("KWD 1.234")).toMatchObject({ readings: [{ exponent: 3, minorUnits: 1_234n }], currencies: ["KWD"] });
  });

  test("is refused for one reason", () => {
    expect(any("1,234")).toBe("ambiguous");
    expect(any("12,50")).toBe("other_format");
    expect(any(">500")).toBe("malformed");
    expect(any("a lot")).toBe("malformed");
    expect(any("")).toBe("empty");
    expect(any("9".repeat(70))).toBe("malformed");
  });
});
