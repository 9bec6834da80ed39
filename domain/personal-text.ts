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

// Control characters, line separators, bidirectional embeddings, overrides and isolates (they make a text read as another), lone surrogates.
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Reads what was typed: NFC, trimmed, at most 140 characters, nothing invisible that deceives. */
export function parsePersonalText(text: string): Result<{ plain: string }, PersonalTextProblem> {
  const plain = text.normalize("NFC").trim();
  if (plain === "") return refuse({ code: "empty" });
  if (forbidden.test(plain)) return refuse({ code: "forbidden_character" });
  const given = [...plain].length;
  if (given > PERSONAL_TEXT_MAX) return refuse({ code: "too_long", limit: PERSONAL_TEXT_MAX, given });
  return ok({ plain });
}
