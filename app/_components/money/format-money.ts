import { toDecimalString } from "@/domain/money/decimal";
import { type NumberFormat, separatorsOf } from "@/domain/money/number-format";

/** What a screen needs to write an amount: exact minor units, and the exponent of its account (ICU's are wrong for HUF, IQD, COP, …). */
export type Amount = { minorUnits: bigint; currency: string; exponent: number };

/** How one account's amounts are written for one reader. */
export type Writing = { exponent: number; format: NumberFormat };

export type MoneyStyle = {
  /** "symbol": €1,234.00 · "code": 1,234.00 EUR · "none": 1,234.00 */
  unit?: "symbol" | "code" | "none";
  /** Always write + or −. */
  signed?: boolean;
};

export const localeOf: Readonly<Record<NumberFormat, string>> = {
  "1,234.56": "en-US",
  "1.234,56": "de-DE",
  "1 234,56": "fr-FR",
  "1'234.56": "de-CH",
};

/** Writes an amount exactly, in the reader's number format, with a true minus. No JS number is ever made of it. */
export function formatMoney(amount: Amount, format: NumberFormat, { unit = "symbol", signed = false }: MoneyStyle = {}): string {
  const withSymbol = unit === "symbol" && isCode(amount.currency);
  const formatter = formatterOf(amount, format, withSymbol, signed);
  const decimal = toDecimalString(amount.minorUnits, amount.exponent) as `${number}`;
  const text = formatter
    .formatToParts(decimal)
    .map((part) => ours(part, format))
    .join("");
  return unit === "code" || (unit === "symbol" && !withSymbol) ? `${text} ${amount.currency}` : text;
}

// Intl writes a code that it does not know as the code, and throws for anything else.
const isCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

const formatters = new Map<string, Intl.NumberFormat>(); // one each of format, currency and style: making one takes longer than all else here

function formatterOf(
  { currency, exponent }: Amount,
  format: NumberFormat,
  withSymbol: boolean,
  signed: boolean,
): Intl.NumberFormat {
  const key = `${format} ${withSymbol ? currency : ""} ${exponent} ${signed}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(localeOf[format], {
      style: withSymbol ? "currency" : "decimal",
      ...(withSymbol ? { currency, currencyDisplay: "narrowSymbol" as const } : {}),
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
      useGrouping: "always",
      signDisplay: signed ? "exceptZero" : "auto",
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

// Separators are those that `parseAmount` reads, whatever this ICU thinks of the locale; the minus is a true one.
function ours({ type, value }: Intl.NumberFormatPart, format: NumberFormat): string {
  if (type === "minusSign") return "−";
  if (type === "group") return separatorsOf[format].groups[0];
  if (type === "decimal") return separatorsOf[format].decimal;
  return value;
}
