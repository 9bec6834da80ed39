import { ok, type Result, refuse } from "../result";
import type { MoneyUnit } from "./currency";
import { AMOUNT_MAX, type Money, money } from "./money";
import { type NumberFormat, type Separators, separatorsOf } from "./number-format";

export type { NumberFormat } from "./number-format";

export type AmountProblem =
  | { code: "empty" }
  | { code: "malformed" }
  /** Both ways to read it, written without group separators in the person's format: first as a whole number. */
  | { code: "ambiguous"; readings: readonly [string, string] }
  | { code: "too_many_digits"; allowed: number; given: number }
  | { code: "not_positive" }
  | { code: "too_large"; limit: Money };

const LENGTH_MAX = 64;

/** Reads an amount typed by a person, in the number format that this person declared. `unit` is the account's. Nothing is guessed. */
export function parseAmount(text: string, unit: MoneyUnit, format: NumberFormat): Result<Money, AmountProblem> {
  const trimmed = text.trim();
  if (trimmed === "") return refuse({ code: "empty" });
  if (trimmed.length > LENGTH_MAX) return refuse({ code: "malformed" });

  const negative = /^[-−]/.test(trimmed);
  const unsigned = negative ? trimmed.slice(1).trimStart() : trimmed;
  const separators = separatorsOf[format];
  const { currency, exponent } = unit;

  const readings = readingsOf(unsigned, separators, exponent);
  if (readings !== undefined) return refuse({ code: "ambiguous", readings });

  const parts = splitParts(unsigned, separators);
  if (parts === undefined) return refuse({ code: "malformed" });
  if (parts.fraction.length > exponent) {
    return refuse({ code: "too_many_digits", allowed: exponent, given: parts.fraction.length });
  }

  const amount = BigInt(parts.whole + parts.fraction.padEnd(exponent, "0"));
  if (negative || amount === 0n) return refuse({ code: "not_positive" });
  if (amount > AMOUNT_MAX) return refuse({ code: "too_large", limit: money(AMOUNT_MAX, currency) });
  return ok(money(amount, currency));
}

/**
 * `1.234` and `1,234` mean a thousand to one half of the world and one and a bit to the other, whatever was declared.
 * The one exception is what could not be written otherwise: all three decimals of a currency that has three.
 */
function readingsOf(text: string, { decimal }: Separators, exponent: number): [string, string] | undefined {
  const match = /^([1-9][0-9]{0,2})([.,])([0-9]{3})$/.exec(text);
  if (match === null) return undefined;
  const [, whole = "", separator, three = ""] = match;
  if (separator === decimal && exponent === 3) return undefined;
  const zeros = exponent === 0 ? "" : decimal + "0".repeat(exponent);
  return [whole + three + zeros, whole + decimal + three];
}

/** Whole and fraction as digits only; undefined if a separator stands where none belongs. */
function splitParts(text: string, { decimal, groups }: Separators): { whole: string; fraction: string } | undefined {
  const [whole = "", fraction, ...rest] = text.split(decimal);
  if (rest.length > 0 || (fraction !== undefined && !/^[0-9]+$/.test(fraction))) return undefined;
  if (/^[0-9]+$/.test(whole)) return { whole, fraction: fraction ?? "" };

  const group = groups.find((candidate) => whole.includes(candidate));
  if (group === undefined) return undefined;
  const [first = "", ...others] = whole.split(group);
  if (!/^[1-9][0-9]{0,2}$/.test(first) || !others.every((three) => /^[0-9]{3}$/.test(three))) return undefined;
  return { whole: first + others.join(""), fraction: fraction ?? "" };
}
