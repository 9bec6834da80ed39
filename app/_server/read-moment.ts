import { parseMoment, typedMoment } from "../_moments/parse-moment";
import { type Asked, type ParsedMoment, resolve } from "../_moments/resolve";
import { wallTimeAt } from "../_moments/zoned";
import { chronoMeaning } from "./chrono-meaning";

/**
 * Reads a moment as `parseMoment` does. What our grammar does not know, and has no reason to refuse, chrono may know. It
 * stays on the server: 13 kB that no page needs.
 */
export function readMoment(text: string, asked: Asked): ParsedMoment {
  const parsed = parseMoment(text, asked);
  if (parsed.ok || parsed.problem.code !== "malformed") return parsed;
  const typed = typedMoment(text);
  const meaning = typed && chronoMeaning(typed, wallTimeAt(asked.now, asked.zone));
  return meaning ? resolve([meaning], asked) : parsed;
}
