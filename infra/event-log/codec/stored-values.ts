import { z } from "zod";
import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { type PartyId, parsePartyId } from "@/domain/ids";
import type { Currency } from "@/domain/money/currency";
import { minorUnits } from "@/domain/money/money";

/** A whole number as decimal digits: no number stands in event JSON. */
export const digits = z.string().regex(/^(0|[1-9][0-9]{0,29})$/);

/** By shape only: a code that ISO 4217 drops one day must stay readable for ever, its exponent is in `AccountOpened`. */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .transform((code) => code as Currency);

export const amount = z
  .strictObject({ minorUnits: digits, currency })
  .transform((stored) => ({ minorUnits: minorUnits(BigInt(stored.minorUnits)), currency: stored.currency }));

export const accountNumber = parsed<AccountNumber>("account number", (text) => {
  const number = parseAccountNumber(text);
  return number === text ? number : undefined;
});

export const holders = z.array(parsed<PartyId>("party id", parsePartyId)).min(1);

/** Sealed, or never kept because the account's key was destroyed before; in clear it has no place in the log. */
export const personalText = z.union([
  z.strictObject({ enc: z.literal("1"), key: z.string(), iv: z.string(), ct: z.string() }),
  z.strictObject({ erased: z.literal("1") }),
]);

function parsed<T extends string>(what: string, parse: (text: string) => T | undefined) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: `not a ${what}` });
    return z.NEVER;
  });
}
