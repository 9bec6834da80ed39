import { readPlainText } from "./plain-text";
import { ok, type Result, refuse } from "./result";

/**
 * A text a person wrote. The domain carries it and never looks inside: in the log it stands encrypted, and may be erased.
 * `enc` is the version of the sealed form.
 */
export type PersonalText = { plain: string } | { enc: "1"; key: string; iv: string; ct: string } | { erased: "1" };

export type PersonalTextProblem =
  | { code: "empty" }
  | { code: "too_long"; limit: number; given: number }
  | { code: "forbidden_character" };

/** In characters (code points) after normalisation. */
export const PERSONAL_TEXT_MAX = 140;

/** Reads what was typed: plain text of at most 140 characters. */
export function parsePersonalText(text: string): Result<{ plain: string }, PersonalTextProblem> {
  const read = readPlainText(text);
  if (!read.ok) return read;
  const plain = read.value;
  const given = [...plain].length;
  if (given > PERSONAL_TEXT_MAX) return refuse({ code: "too_long", limit: PERSONAL_TEXT_MAX, given });
  return ok({ plain });
}
