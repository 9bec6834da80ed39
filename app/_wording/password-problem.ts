import { unreachable } from "@/domain/unreachable";

/** Why a password was not taken. */
type Problem =
  | { code: "too_short"; lengthMin: number }
  | { code: "too_long"; lengthMax: number }
  | { code: "common" | "repetitive" | "personal" | "unchanged" };

export function passwordProblemText(problem: Problem): string {
  switch (problem.code) {
    case "too_short":
      return `Use at least ${problem.lengthMin} characters. Several words that do not belong together are easy to remember.`;
    case "too_long":
      return `Use at most ${problem.lengthMax} characters.`;
    case "common":
      return "This is one of the passwords that are tried first. Choose words that do not belong together.";
    case "repetitive":
      return "This repeats itself or runs along the keyboard. Choose words that do not belong together.";
    case "personal":
      return "Leave your name and your e-mail address out of your password.";
    case "unchanged":
      return "This is the password you have now. Choose another.";
    default:
      return unreachable(problem);
  }
}
