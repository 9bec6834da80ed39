import { expect, test } from "vitest";
import { parsePersonalText } from "./personal-text";

test("a text is trimmed and brought to NFC", () => {
  expect(parsePersonalText("  Cafe\u0301, 3 × Kuchen 🍰 ")).toEqual({ ok: true, value: { plain: "Café, 3 × Kuchen 🍰" } });
});

test("140 characters fit, however many bytes they take; 141 do not", () => {
  expect(parsePersonalText("🍰".repeat(140)).ok).toBe(true);
  expect(parsePersonalText("🍰".repeat(141))).toEqual({ ok: false, refusal: { code: "too_long", limit: 140, given: 141 } });
});

test.each(["", "  ", "\n"])("%j is empty", (text) => {
  expect(parsePersonalText(text)).toEqual({ ok: false, refusal: { code: "empty" } });
});

test.each(["a\u0000b", "a\nb", "a\tb", "a\u0085b", "a\u202eb", "a\u2066b", "a\u2028b", "a\ud800b", "a\udc00", "a\u007fb"])(
  "%j holds a forbidden character",
  (text) => {
    expect(parsePersonalText(text)).toEqual({ ok: false, refusal: { code: "forbidden_character" } });
  },
);

test.each(["نقد", "給料", "naïve — “quoted”", "👩‍👩‍👧"])("%j is fine", (text) => {
  expect(parsePersonalText(text).ok).toBe(true);
});
