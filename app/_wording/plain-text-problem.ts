import type { PlainTextProblem } from "@/domain/text/plain-text";
import type { Unseen, UnseenKind } from "@/domain/text/unseen";
import { unreachable } from "@/domain/unreachable";

/** Why a text was not taken: a description, a name, a nickname or what is searched for. */
export function plainTextProblemText(problem: PlainTextProblem): string {
  switch (problem.code) {
    case "empty":
      return "Write something that can be seen, or leave it out.";
    case "too_long":
      return `At most ${problem.limit} characters; this has ${problem.given ?? "far more"}.`;
    case "forbidden_character":
      return `This text holds ${unseenText(problem.unseen)}. Take it out: type the text again by hand.`;
    default:
      return unreachable(problem);
  }
}

function unseenText({ codePoint, kind }: Unseen): string {
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  return words[kind](names[codePoint] ? `${names[codePoint]}, ${name}` : name);
}

const words: Readonly<Record<UnseenKind, (name: string) => string>> = {
  invisible: (name) => `a character that cannot be seen (${name})`,
  joiner: (name) => `a joiner where it joins nothing (${name})`,
  direction: (name) => `a direction mark in text that has one direction only (${name})`,
  override: (name) => `a character that changes the order in which the rest is read (${name})`,
  tag: (name) => `a tag that cannot be seen (${name})`,
  control: (name) => `a control character (${name})`,
  line_break: (name) => `a line break (${name}), and only one line fits here`,
  private_use: (name) => `a character that means something else on every machine (${name})`,
  unassigned: (name) => `a character that Daybook does not know (${name})`,
  half: (name) => `half of a character (${name})`,
};

const names: Readonly<Record<number, string>> = {
  173: "soft hyphen",
  6158: "Mongolian vowel separator",
  8203: "zero-width space",
  8204: "zero-width non-joiner",
  8205: "zero-width joiner",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8237: "left-to-right override",
  8238: "right-to-left override",
  8288: "word joiner",
  12644: "Hangul filler",
  65279: "byte-order mark",
};
