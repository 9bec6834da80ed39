import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, currencies, exponents } from "@/domain/money/currency";
import { AMOUNT_MAX, BALANCE_MAX } from "@/domain/money/money";
import { numberFormats } from "@/domain/money/number-format";
import { parseAmount } from "@/domain/money/parse-amount";
import { formatMoney } from "./format-money";

const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.info(`any code, any exponent: FC_SEED=${seed}`);

const code = fc.string({ unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"), minLength: 3, maxLength: 3 });
const anyFormat = fc.constantFrom(...numberFormats);
const anyExponent = fc.constantFrom(...exponents);
const anyUnit = fc.constantFrom("symbol" as const, "code" as const, "none" as const);

const eur = (minorUnits: bigint) => ({ minorUnits, currency: "EUR", exponent: 2 });

describe("formatMoney", () => {
  test("writes every currency with the digits of ISO 4217, not of ICU", () => {
    for (const { code, exponent } of currencies) {
      for (const format of numberFormats) {
        const text = formatMoney({ minorUnits: 123456789n, currency: code, exponent }, format, { unit: "none" });
        expect(text.replace(/[^0-9]/g, ""), `${code} ${format}`).toBe("123456789");
        const fraction =
          exponent === 0 ? "" : (text.split(format === "1.234,56" || format === "1 234,56" ? "," : ".").at(-1) ?? "");
        expect(fraction.length, `${code} ${format}`).toBe(exponent);
        expect(formatMoney({ minorUnits: 5n, currency: code, exponent }, format).replace(/[^0-9]/g, "")).toBe(
          "5".padStart(exponent + 1, "0"),
        );
      }
    }
  });

  test("loses nothing beyond what a JS number holds", () => {
    expect(formatMoney(eur(999_999_999_999_999_999n), "1,234.56")).toBe("€9,999,999,999,999,999.99");
  });

  test("uses a true minus, and a sign on both sides when asked", () => {
    expect(formatMoney(eur(-1234n), "1,234.56")).toBe("−€12.34");
    expect(formatMoney(eur(1234n), "1,234.56", { signed: true, unit: "none" })).toBe("+12.34");
    expect(formatMoney(eur(-1234n), "1.234,56", { signed: true, unit: "none" })).toBe("−12,34");
    expect(formatMoney(eur(0n), "1,234.56", { signed: true, unit: "code" })).toBe("0.00 EUR");
  });

  test("follows each declared number format", () => {
    const written = numberFormats.map((format) => formatMoney(eur(123_456n), format, { unit: "none" }));
    expect(written).toEqual(["1,234.56", "1.234,56", "1\u202f234,56", "1’234.56"]);
  });

  test("writes any balance of any code of three capitals, with its own digits and none of ICU's", () => {
    const balance = fc.bigInt(-BALANCE_MAX, BALANCE_MAX);
    const property = fc.property(
      code,
      anyExponent,
      anyFormat,
      balance,
      anyUnit,
      (currency, exponent, format, minorUnits, unit) => {
        const digits = formatMoney({ minorUnits, currency, exponent }, format, { unit }).replace(/[^0-9]/g, "");
        const size = minorUnits < 0n ? -minorUnits : minorUnits;
        expect(digits).toBe(size.toString().padStart(exponent + 1, "0"));
      },
    );
    fc.assert(property, { seed, numRuns: 500 });
  });

  test("what it writes is read back as the same amount, or is asked about with that amount among the readings", () => {
    const amount = fc.oneof(fc.bigInt(1n, 10_000_000n), fc.bigInt(1n, AMOUNT_MAX));
    const property = fc.property(code, anyExponent, anyFormat, amount, (currency, exponent, format, minorUnits) => {
      const unit = { currency: currency as Currency, exponent };
      const text = formatMoney({ minorUnits, ...unit }, format, { unit: "none" });
      const read = parseAmount(text, unit, format);
      const asked = !read.ok && read.refusal.code === "ambiguous" ? read.refusal.readings : [];
      const again = [read, ...asked.map((reading) => parseAmount(reading, unit, format))];
      expect(again.flatMap((one) => (one.ok ? [one.value.minorUnits] : []))).toContain(minorUnits);
    });
    fc.assert(property, { seed, numRuns: 500 });
  });

  test("a code that is no three capitals is written as it stands, and throws nothing", () => {
    expect(formatMoney({ minorUnits: 1234n, currency: "E1R", exponent: 2 }, "1,234.56")).toBe("12.34 E1R");
  });
});
