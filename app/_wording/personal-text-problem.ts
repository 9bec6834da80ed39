import type { PersonalTextProblem } from "@/domain/personal-text";
import { unreachable } from "@/domain/unreachable";

/** Why a description was not taken. */
export function personalTextProblemText(problem: PersonalTextProblem): string {
  switch (problem.code) {
    case "empty":
      return "Write something, or leave it out.";
    case "too_long":
      return `At most ${problem.limit} characters; this has ${problem.given}.`;
    case "forbidden_character":
      return "There is a character in this text that cannot be seen or that changes how the rest reads. Type it again by hand.";
    default:
      return unreachable(problem);
  }
}
