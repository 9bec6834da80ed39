import type { MoneyUnit } from "@/domain/money/currency";
import type { NumberFormat } from "@/domain/money/number-format";
import type { AmountProblem } from "@/domain/money/parse-amount";
import { unreachable } from "@/domain/unreachable";
import { formatMoney } from "../_components/money/format-money";

/** Why an amount was not understood, and what to write instead. `unit`: undefined where it may be of any currency. */
export function amountProblemText(problem: AmountProblem, unit: MoneyUnit | undefined, format: NumberFormat): string {
  switch (problem.code) {
    case "empty":
      return "Enter an amount.";
    case "malformed":
      return `This is not an amount we can read. Write it like ${format}.`;
    case "ambiguous":
      return `This could mean ${problem.readings[0]} or ${problem.readings[1]}. Write the one you mean.`;
    case "other_format":
      return `In your format write ${problem.offer.write.join(" or ")}${
        problem.offer.other ? ` · or do you write ${problem.offer.other.format}?` : "."
      }`;
    case "other_currency":
      return `This says ${problem.written}${unit ? `. The account is kept in ${unit.currency}.` : ", which no account is kept in."}`;
    case "too_many_digits":
      return problem.allowed === 0
        ? `${unit?.currency ?? "This currency"} has no decimals. Write a whole number.`
        : `${unit?.currency ?? "This currency"} has ${problem.allowed} decimals; you wrote ${problem.given}.`;
    case "not_positive":
      return "The amount must be more than zero.";
    case "too_large":
      if (unit === undefined) return "No entry moves as much as this.";
      return `One entry may move at most ${formatMoney({ ...problem.limit, exponent: unit.exponent }, format)}.`;
    default:
      return unreachable(problem);
  }
}
