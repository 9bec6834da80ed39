import { unreachable } from "@/domain/unreachable";
import type { QuestionProblem } from "../_moments/parse-moment";

/** Why a moment was not understood, and what next. */
export function questionProblemText(problem: QuestionProblem): string {
  switch (problem.code) {
    case "malformed":
      return "This is not a moment we can read. Write a date and time, or words like “yesterday” or “-7d”.";
    case "out_of_range":
      return "Moments can be asked for from the year 1970 to the year 9999. Choose one of these.";
    case "unknown_zone":
      return `We know no time zone called “${problem.written}”. Choose one from the list.`;
    case "other_zone":
      return `Clocks in ${problem.zone} do not show ${problem.written} then. Write an offset, like +01:00, or choose another zone.`;
    case "no_position":
      return "Positions count from 1. The address names none of them.";
    case "no_event":
      return "Events of an account count from 1. The address names none of them.";
    case "in_gap":
      return `Clocks in ${problem.zone} skipped this hour: it was put forward. Choose a time before or after.`;
    case "twice":
      return `Clocks in ${problem.zone} showed this time twice. Which do you mean?`;
    default:
      return unreachable(problem);
  }
}
