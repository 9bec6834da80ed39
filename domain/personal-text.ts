import { ok, type Result } from "./result";
import { type PlainTextProblem, readPlainText } from "./text/plain-text";

/**
 * A text a person wrote. The domain carries it and never looks inside: in the log it stands encrypted, and may be erased.
 * `enc` is the version of the sealed form.
 */
export type PersonalText = { plain: string } | { enc: "1"; key: string; iv: string; ct: string } | { erased: "1" };

/** In characters (code points) after normalisation. */
export const PERSONAL_TEXT_MAX = 140;

/** Reads what was typed: plain text of at most 140 characters. */
export function parsePersonalText(text: string): Result<{ plain: string }, PlainTextProblem> {
  const read = readPlainText(text, PERSONAL_TEXT_MAX);
  return read.ok ? ok({ plain: read.value }) : read;
}
