import { z } from "zod";
import type { Money } from "@/domain/money/money";
import type { PersonalText } from "@/domain/personal-text";
import type { StoredData } from "./stored-type";
import { amount, personalText } from "./stored-values";

/** The fields that every movement of money stores alike, in all versions so far. */
export const movement = { amount, description: z.exactOptional(personalText) };

/** @throws for a description in clear. */
export function storedMovement({ amount, description }: { amount: Money; description?: PersonalText }): StoredData {
  const stored = { minorUnits: amount.minorUnits.toString(), currency: amount.currency };
  if (description === undefined) return { amount: stored };
  if ("plain" in description) throw new Error("A description in clear must not reach the log: seal it first"); // it could never be taken back
  return { amount: stored, description };
}
