import { ok, type Result, refuse } from "../result";
import { unitsOf } from "./bounds";
import { normalise } from "./normalise";
import { type Unseen, unseenIn, withoutRim } from "./unseen";

export type PlainTextProblem =
  | { code: "empty" }
  /** In characters; `given` is null where the text is so long that nobody counted. */
  | { code: "too_long"; limit: number; given: number | null }
  | { code: "forbidden_character"; unseen: Unseen };

/**
 * Reads text that people are shown: composed (NFC), without spaces and marks at its rim, with something in it that can be
 * seen, and with nothing in it that cannot. One rule for descriptions, names, nicknames and searches.
 * `lengthMax` is in characters (code points).
 */
export function readPlainText(text: string, lengthMax: number): Result<string, PlainTextProblem> {
  if (text.length > unitsOf(lengthMax)) return refuse({ code: "too_long", limit: lengthMax, given: null });
  const plain = withoutRim(normalise(text, "NFC"));
  const unseen = unseenIn(plain);
  const isBlank = !visible.test(plain.replace(blank, ""));
  if (unseen && !(isBlank && showsNothing[unseen.kind])) return refuse({ code: "forbidden_character", unseen });
  if (isBlank) return refuse({ code: "empty" });
  const given = [...plain].length;
  return given > lengthMax ? refuse({ code: "too_long", limit: lengthMax, given }) : ok(plain);
}

/** As `readPlainText` counts; null beyond its bound. */
export function countCharacters(text: string, lengthMax: number): number | null {
  return text.length > unitsOf(lengthMax) ? null : [...withoutRim(normalise(text, "NFC"))].length;
}

// Letters and signs that show nothing: Hangul fillers, the empty braille cell.
const blank = /[\u115f\u1160\u3164\uffa0\u2800]/gu;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A text of nothing but these is empty, not forbidden. */
const showsNothing: Readonly<Record<Unseen["kind"], boolean>> = {
  invisible: true,
  joiner: true,
  direction: true,
  override: false,
  tag: false,
  control: false,
  line_break: false,
  private_use: false,
  unassigned: false,
  half: false,
};
