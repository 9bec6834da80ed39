import { ok, type Result, refuse } from "./result";

// Controls, line separators, lone surrogates, and whatever makes a text read as another: bidirectional marks, embeddings, overrides and
// isolates, tag characters (a second, invisible alphabet), private use.
const deceiving = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

// Letters and signs that show nothing: Hangul fillers, the empty braille cell.
const blank = /[\u115f\u1160\u3164\uffa0\u2800]/gu;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Reads text that people will be shown: NFC and trimmed, with something in it that can be seen. Joiners and variation selectors stay, since
 * emoji and many scripts need them.
 */
export function readPlainText(text: string): Result<string, { code: "empty" | "forbidden_character" }> {
  const plain = text.normalize("NFC").trim();
  if (deceiving.test(plain)) return refuse({ code: "forbidden_character" });
  if (!visible.test(plain.replace(blank, ""))) return refuse({ code: "empty" });
  return ok(plain);
}
