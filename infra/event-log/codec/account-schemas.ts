import { z } from "zod";
import { parseAccountNumber } from "@/domain/account/account-number";
import { products } from "@/domain/account/product";
import { parsePartyId } from "@/domain/ids";
import { parseCurrency } from "@/domain/money/currency";
import { minorUnits } from "@/domain/money/money";
import { read } from "./read-with";

// The shapes as they stand in the log, one per version ever written. Never edit one that has shipped: add the next and an upcaster.

const currency = z.string().transform(read(parseCurrency));
const amount = z.strictObject({
  minorUnits: z
    .string()
    .regex(/^(0|-?[1-9]\d*)$/)
    .transform((digits) => minorUnits(BigInt(digits))),
  currency,
});
const personalText = z.union([
  z.strictObject({ enc: z.literal("1"), key: z.string(), iv: z.base64(), ct: z.base64() }),
  z.strictObject({ erased: z.literal("1") }),
]);
const accountOpened = {
  accountNumber: z.string().transform(read(parseAccountNumber)),
  currency,
  exponent: z.string().regex(/^\d$/).transform(Number),
  holders: z.array(z.string().transform(read(parsePartyId))).nonempty(),
};
const movement = z.strictObject({ amount, description: z.optional(personalText) });

/** Entry i is version i + 1. */
export const accountSchemas = {
  AccountOpened: [z.strictObject(accountOpened), z.strictObject({ ...accountOpened, product: z.enum(products) })],
  MoneyDeposited: [movement],
  MoneyWithdrawn: [movement],
  AccountClosed: [z.strictObject({})],
} as const satisfies Record<string, readonly z.ZodType[]>;
