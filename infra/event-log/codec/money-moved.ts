import { z } from "zod";
import type { Money } from "@/domain/money/money";
import type { PersonalText } from "@/domain/personal-text";
import type { StoredType } from "./stored-type";
import { amount, personalText } from "./stored-values";

const v1 = z.strictObject({ amount, description: z.exactOptional(personalText) });

export const moneyDeposited: StoredType<"MoneyDeposited"> = { older: [], newest: v1, upcasts: [], write };
export const moneyWithdrawn: StoredType<"MoneyWithdrawn"> = { older: [], newest: v1, upcasts: [], write };

function write({ amount, description }: { amount: Money; description?: PersonalText }) {
  const stored = { minorUnits: amount.minorUnits.toString(), currency: amount.currency };
  if (description === undefined) return { amount: stored };
  if ("plain" in description) throw new Error("A description in clear must not reach the log: seal it first"); // it could never be taken back
  return { amount: stored, description };
}
