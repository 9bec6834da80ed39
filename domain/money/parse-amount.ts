import { ok, type Result, refuse } from "../result";
import { unitsMax } from "../text/bounds";
import { foldTyped, mixesDigits } from "../text/typed";
import type { MoneyUnit } from "./currency";
import { AMOUNT_MAX, type Money, money } from "./money";
import { type NumberFormat, separatorsOf } from "./number-format";
import { type Digits, type OtherFormat, otherFormatOf, plainIn, readDigits } from "./read-digits";
import { splitUnit } from "./split-unit";

export type { NumberFormat } from "./number-format";

export type AmountProblem =
  | { code: "empty" }
  | { code: "malformed" }
  /** Both ways to read it, written without group separators in the person's format: first as a whole number. */
  | { code: "ambiguous"; readings: readonly [string, string]; offer: AmountOffer }
  /** It has one meaning, and is written in another format than the person's. */
  | { code: "other_format"; offer: AmountOffer }
  | { code: "other_currency"; written: string }
  | { code: "too_many_digits"; allowed: number; given: number }
  | { code: "not_positive" }
  | { code: "too_large"; limit: Money };

/** What to write instead: in the person's own format, or in the other one, should that be theirs. */
export type AmountOffer = { write: readonly string[]; other: OtherFormat | null };

/**
 * Reads an amount typed by a person, in the number format that this person declared. Nothing is guessed. The code of
 * the account's own currency may stand at either side, and so may its `signs`.
 */
export function parseAmount(
  text: string,
  { currency, exponent }: MoneyUnit,
  format: NumberFormat,
  signs: readonly string[] = [],
): Result<Money, AmountProblem> {
  if (text.length > unitsMax.amount) return refuse({ code: "malformed" });
  const typed = foldTyped(text);
  if (typed === "") return refuse({ code: "empty" });
  const split = splitUnit(typed, [currency, ...signs]);
  if (split.kind === "other_currency") return refuse({ code: "other_currency", written: split.written });
  if (mixesDigits(text)) return refuse({ code: "malformed" });

  const ambiguous = readingsOf(split.number, format, exponent);
  if (ambiguous) return refuse(ambiguous);
  const digits = readDigits(split.number, separatorsOf[format]);
  if (digits === undefined) return refuse(inOtherFormat(split.number, format, exponent) ?? { code: "malformed" });
  if (digits.fraction.length > exponent) {
    return refuse({ code: "too_many_digits", allowed: exponent, given: digits.fraction.length });
  }

  const amount = minorUnitsOf(digits, exponent);
  if (split.negative || amount === 0n) return refuse({ code: "not_positive" });
  if (amount > AMOUNT_MAX) return refuse({ code: "too_large", limit: money(AMOUNT_MAX, currency) });
  return ok(money(amount, currency));
}

const minorUnitsOf = ({ whole, fraction }: Digits, exponent: number): bigint => BigInt(whole + fraction.padEnd(exponent, "0"));

/**
 * `1.234` and `1,234` mean a thousand to one half of the world and one and a bit to the other, whatever was declared.
 * There are two exceptions. All three decimals of a currency that has three could not be written otherwise. And where a
 * currency has no decimals, the person's own group separator can mean only one thing.
 */
function readingsOf(text: string, format: NumberFormat, exponent: number): AmountProblem | undefined {
  const match = /^([1-9][0-9]{0,2})([.,])([0-9]{3})$/.exec(text);
  if (match === null) return undefined;
  const [, whole = "", separator = "", three = ""] = match;
  const { decimal, groups } = separatorsOf[format];
  if (separator === decimal && exponent === 3) return undefined;
  if (groups.some((group) => group === separator) && exponent === 0) return undefined;

  const grouped = plainIn({ whole: whole + three, fraction: "" }, decimal, exponent);
  const split = whole + decimal + three;
  const other = otherFormatOf(text, format, exponent);
  return {
    code: "ambiguous",
    readings: [grouped, split],
    offer: {
      write: exponent >= 3 ? [grouped, plainIn({ whole, fraction: three }, decimal, exponent)] : [grouped],
      other: other && { format: other.format, write: other.write },
    },
  };
}

function inOtherFormat(text: string, own: NumberFormat, exponent: number): AmountProblem | undefined {
  const other = otherFormatOf(text, own, exponent);
  if (other === null) return undefined;
  const { format, write, digits } = other;
  return {
    code: "other_format",
    offer: { write: [plainIn(digits, separatorsOf[own].decimal, exponent)], other: { format, write } },
  };
}
