import { z } from "zod";
import { type NumberFormat, numberFormats } from "@/domain/money/number-format";
import { unitsMax } from "@/domain/text/bounds";

/** What a button sends that goes on with an amount in a format: the two, of which neither holds a bar. */
export const chosenAmount = (format: NumberFormat, amount: string): string => `${format}|${amount}`;

export const chosenAmountField = z
  .string()
  .max(unitsMax.amount, { abort: true })
  .transform((text, context) => {
    const [written, amount = ""] = text.split("|");
    const format = numberFormats.find((known) => known === written);
    if (format) return { format, amount };
    context.addIssue("not a number format");
    return z.NEVER;
  });
