import { z } from "zod";
import type { Money } from "@/domain/money/money";
import type { PersonalText } from "@/domain/personal-text";
import type { StoredData } from "./stored-type";
import { amount, moneyOf, personalText } from "./stored-values";

type Movement = { amount: Money; description?: PersonalText };

/** The fields that every movement of money stores alike, in all versions so far. */
export const movement = { amount, description: z.exactOptional(personalText) };

export function movementOf({ amount, description }: z.infer<z.ZodObject<typeof movement>>): Movement {
  const read = moneyOf(amount);
  return description === undefined ? { amount: read } : { amount: read, description };
}

/** @throws for a description in clear. */
export function storedMovement({ amount, description }: Movement): StoredData {
  const stored = { minorUnits: amount.minorUnits.toString(), currency: amount.currency };
  if (description === undefined) return { amount: stored };
  if ("plain" in description) throw new Error("A description in clear must not reach the log: seal it first"); // it could never be taken back
  return { amount: stored, description };
}
