import { type Currency, exponents, type MoneyUnit, parseCurrency } from "@/domain/money/currency";
import type { Money } from "@/domain/money/money";
import type { NumberFormat } from "@/domain/money/number-format";
import { type AmountProblem, parseAmount } from "@/domain/money/parse-amount";
import { ok, type Result } from "@/domain/result";
import { unitsMax } from "@/domain/text/bounds";
import { localeOf } from "./format-money";

/** Reads an amount as a person types it, or pastes it from one of our screens: with the sign of the currency, or its code. */
export const readAmount = (text: string, unit: MoneyUnit, format: NumberFormat): Result<Money, AmountProblem> =>
  parseAmount(text, unit, format, hasUnit.test(text.slice(0, unitsMax.amount)) ? signsOf(unit.currency) : []);

/** `currencies`: those whose sign or code stands beside it; null where none does. */
export type AnyAmount = {
  readings: readonly { exponent: number; minorUnits: bigint }[];
  currencies: readonly Currency[] | null;
};

/**
 * Reads an amount that may be of any currency: "12.50" is 1,250 where there are two decimals and 12,500 where there are three.
 * What can be read in two ways with two decimals is refused, though with none or three it had one meaning.
 */
export function readAnyAmount(text: string, format: NumberFormat): Result<AnyAmount, AmountProblem> {
  if (!hasUnit.test(text.slice(0, unitsMax.amount))) return readIn(text, anyCurrency, format, null);
  const codes = new Set([...Intl.supportedValuesOf("currency").flatMap((code) => parseCurrency(code) ?? []), ...codesIn(text)]);
  const own = [...codes].filter((currency) => {
    const read = readAmount(text, { currency, exponent: 4 }, format);
    return read.ok || (read.refusal.code !== "other_currency" && read.refusal.code !== "malformed");
  });
  const [first] = own;
  return readIn(text, first ?? anyCurrency, format, own);
}

function readIn(
  text: string,
  currency: Currency,
  format: NumberFormat,
  own: readonly Currency[] | null,
): Result<AnyAmount, AmountProblem> {
  const common = readAmount(text, { currency, exponent: 2 }, format);
  if (!common.ok && common.refusal.code !== "too_many_digits" && !(own && common.refusal.code === "ambiguous")) return common;
  const readings = exponents.flatMap((exponent) => {
    const read = readAmount(text, { currency, exponent }, format);
    return read.ok ? [{ exponent, minorUnits: read.value.minorUnits }] : [];
  });
  return readings.length > 0 || common.ok ? ok({ readings, currencies: own }) : common;
}

const hasUnit = /[\p{L}\p{Sc}]/u;
const anyCurrency = "XXX" as Currency; // ISO 4217 for "no currency"

/** The runtime may lack a currency that accounts are kept in. */
const codesIn = (text: string): readonly Currency[] =>
  [...text.slice(0, unitsMax.amount).matchAll(/[A-Za-z]{3}/g)].flatMap(([code]) => parseCurrency(code.toUpperCase()) ?? []);

const known = new Map<Currency, readonly string[]>();

/** What the currency is written with in the number formats that we print, and in English elsewhere (US$). */
export function signsOf(currency: Currency): readonly string[] {
  let signs = known.get(currency);
  if (signs === undefined) {
    const narrow = Object.values(localeOf).map((locale) => signIn(locale, currency, "narrowSymbol"));
    signs = [...new Set([...narrow, signIn("en-GB", currency, "symbol")])];
    known.set(currency, signs);
  }
  return signs;
}

function signIn(locale: string, currency: Currency, currencyDisplay: "symbol" | "narrowSymbol"): string {
  const parts = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay }).formatToParts(1);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}
