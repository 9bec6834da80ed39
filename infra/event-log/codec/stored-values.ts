import { z } from "zod";
import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { type PartyId, parsePartyId } from "@/domain/ids";
import type { Currency } from "@/domain/money/currency";
import { type Money, money } from "@/domain/money/money";

// Schemas say what may stand in the log, and change nothing: a schema that transforms costs ten times as much to check.

/** A whole number as decimal digits: no number stands in event JSON. */
export const digits = z.string().regex(/^(0|[1-9][0-9]{0,29})$/);

/** By shape only: a code that ISO 4217 drops one day must stay readable for ever, its exponent is in `AccountOpened`. */
export const currency = checked<Currency>(z.string().regex(/^[A-Z]{3}$/));

export const amount = z.strictObject({ minorUnits: digits, currency });

export const accountNumber = checked<AccountNumber>(
  z.string().refine((text) => parseAccountNumber(text) === text, "not an account number"),
);

export const holders = z
  .array(checked<PartyId>(z.string().refine((text) => parsePartyId(text) === text, "not a party id")))
  .min(1);

/** Sealed, or never kept because the account's key was destroyed before; in clear it has no place in the log. */
export const personalText = z.union([
  z.strictObject({ enc: z.literal("1"), key: z.string(), iv: z.string(), ct: z.string() }),
  z.strictObject({ erased: z.literal("1") }),
]);

export function moneyOf(stored: z.infer<typeof amount>): Money {
  return money(BigInt(stored.minorUnits), stored.currency);
}

/** The domain's name for a text that has been checked. */
function checked<T extends string>(schema: z.ZodString): z.ZodType<T, string> {
  return schema as unknown as z.ZodType<T, string>;
}
