import { describe, expect, test } from "vitest";
import { currencies } from "@/domain/money/currency";
import { numberFormats } from "@/domain/money/number-format";
import { formatMoney } from "./format-money";

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
});
