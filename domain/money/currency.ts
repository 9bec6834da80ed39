import { currencyTable } from "./currency-table";

declare const brand: unique symbol;

/** A code of three capitals. The table may lack it: what an account was opened in stays readable for life. */
export type Currency = string & { readonly [brand]: "Currency" };

declare const offered: unique symbol;

/** A code of the table: an account can be opened in it. */
export type OfferedCurrency = Currency & { readonly [offered]: true };

/** What an amount is counted in. The exponent is the account's own, kept from its opening. */
export type MoneyUnit = { currency: Currency; exponent: number };

export type CurrencyRow = { code: OfferedCurrency; exponent: number; name: string };

/** All that an account can be opened in, by code. */
export const currencies: readonly CurrencyRow[] = currencyTable.map(([code, exponent, name]) => ({
  code: code as OfferedCurrency,
  exponent,
  name,
}));

const byCode: ReadonlyMap<string, CurrencyRow> = new Map(currencies.map((row) => [row.code, row]));

/** Every number of decimal digits that an account may have. */
export const exponents = [0, 1, 2, 3, 4] as const;

export function parseExponent(digits: number): number | undefined {
  return exponents.find((exponent) => exponent === digits);
}

/** Reads a code by its shape alone. Upper case only: what is stored and what is sent are spelt alike. */
export function parseCurrency(text: string): Currency | undefined {
  return /^[A-Z]{3}$/.test(text) ? (text as Currency) : undefined;
}

/** Reads a code that an account is to be opened in. */
export function parseOfferedCurrency(text: string): OfferedCurrency | undefined {
  return byCode.get(text)?.code;
}

/** How many decimal digits an account opened today gets: JPY 0, EUR 2, KWD 3. */
export function exponentAtOpening(currency: OfferedCurrency): number {
  const row = byCode.get(currency);
  if (row === undefined) throw new Error(`No account can be opened in ${currency}`);
  return row.exponent;
}

/** The English name of ISO 4217, or the code where the table lacks it. */
export function nameOf(currency: Currency): string {
  return byCode.get(currency)?.name ?? currency;
}
