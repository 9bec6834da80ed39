import { expect, test } from "vitest";
import { readPlainText } from "./plain-text";

test("a text is trimmed and brought to NFC", () => {
  expect(readPlainText(" Cafe\u0301 \u00a0")).toEqual({ ok: true, value: "Café" });
});

test.each(["", " ", "\n", "\u200b", "\u200d\u200c", "\ufeff", "\u00ad", "\ufe0f", "\u3164\u115f", "\u2800", "\u0301", "\u034f"])(
  "%j shows nothing: it is empty",
  (text) => {
    expect(readPlainText(text)).toEqual({ ok: false, refusal: { code: "empty" } });
  },
);

test.each([
  "a\u0000b",
  "a\nb",
  "a\u202eb",
  "a\u2066b",
  "a\u061cb",
  "a\u200fb",
  "a\u2028b",
  "a\ud800b",
  "a\ue000b",
  "a\u{e0041}b",
])("%j holds a forbidden character", (text) => {
  expect(readPlainText(text)).toEqual({ ok: false, refusal: { code: "forbidden_character" } });
});

test.each(["نقد", "می‌خواهم", "給料", "naïve — “quoted”", "👩‍👩‍👧", "❤️", "…", "7"])("%j is fine", (text) => {
  expect(readPlainText(text)).toEqual({ ok: true, value: text });
});
