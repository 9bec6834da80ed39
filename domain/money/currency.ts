import { currencyTable } from "./currency-table";

declare const brand: unique symbol;

/** An ISO 4217 alphabetic code that has a minor unit. */
export type Currency = string & { readonly [brand]: "Currency" };

export type CurrencyRow = { code: Currency; exponent: number; name: string };

/** All of them, by code. */
export const currencies: readonly CurrencyRow[] = currencyTable.map(([code, exponent, name]) => ({
  code: code as Currency,
  exponent,
  name,
}));

const byCode: ReadonlyMap<string, CurrencyRow> = new Map(currencies.map((row) => [row.code, row]));

/** Upper-case codes only: what is stored and what is sent are spelt alike. */
export function parseCurrency(text: string): Currency | undefined {
  return byCode.get(text)?.code;
}

/** How many decimal digits the currency has: JPY 0, EUR 2, KWD 3. */
export function exponentOf(currency: Currency): number {
  return rowOf(currency).exponent;
}

/** The English name of ISO 4217. */
export function nameOf(currency: Currency): string {
  return rowOf(currency).name;
}

function rowOf(currency: Currency): CurrencyRow {
  const row = byCode.get(currency);
  if (row === undefined) throw new Error(`Not a currency with a minor unit: ${currency}`);
  return row;
}
