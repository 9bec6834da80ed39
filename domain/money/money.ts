import type { Currency } from "./currency";

declare const brand: unique symbol;

/** A whole number of the currency's smallest unit: cents, yen, fils. Never a JS number. */
export type MinorUnits = bigint & { readonly [brand]: "MinorUnits" };

export type Money = { minorUnits: MinorUnits; currency: Currency };

/** The most that one command may move, in minor units. */
export const AMOUNT_MAX = 10n ** 15n;

/** The furthest a balance may be from zero, in minor units; well inside a Postgres `numeric` and a signed 64-bit integer. */
export const BALANCE_MAX = 10n ** 18n;

export function minorUnits(n: bigint): MinorUnits {
  return n as MinorUnits;
}

export function money(n: bigint, currency: Currency): Money {
  return { minorUnits: minorUnits(n), currency };
}
