import type { MomentProblem } from "./moment-problem";
import { readStretches } from "./read-stretches";
import { isDone, type Tokens, takeWord, tokensOf } from "./tokens";
import { ranging, vague, whiches } from "./words";

/** Why a phrase that is not understood cannot be a moment, where that can be said. */
export function whyUnread(text: string): MomentProblem {
  const tokens = tokensOf(text);
  if (tokens.list.some(({ text }) => ranging.has(text)) || isStretchOfTime(tokens)) return { code: "range" };
  const word = tokens.list.find(({ text }) => vague.has(text));
  return word ? { code: "vague", written: word.typed } : { code: "malformed" };
}

/** `last 7 days`. */
function isStretchOfTime(tokens: Tokens): boolean {
  takeWord(tokens, { the: true });
  return takeWord(tokens, whiches) !== undefined && readStretches(tokens) !== undefined && isDone(tokens);
}
