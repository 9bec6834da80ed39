import { unreachable } from "@/domain/unreachable";
import type { MomentProblem } from "../_moments/parse-moment";

/** Why a moment was not understood, and what next. */
export function momentProblemText(problem: MomentProblem): string {
  switch (problem.code) {
    case "malformed":
      return "This is not a moment we can read. Write a date and time, or words like “yesterday” or “-7d”.";
    case "in_gap":
      return `Clocks in ${problem.zone} skipped this hour: it was put forward. Choose a time before or after.`;
    case "twice":
      return `Clocks in ${problem.zone} showed this time twice. Which do you mean?`;
    default:
      return unreachable(problem);
  }
}
