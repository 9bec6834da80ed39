import { expect, test } from "vitest";
import { parsePersonalText } from "./personal-text";

test("a text is trimmed and brought to NFC", () => {
  expect(parsePersonalText("  Cafe\u0301, 3 × Kuchen 🍰 ")).toEqual({ ok: true, value: { plain: "Café, 3 × Kuchen 🍰" } });
});

test("140 characters fit, however many bytes they take; 141 do not", () => {
  expect(parsePersonalText("🍰".repeat(140)).ok).toBe(true);
  expect(parsePersonalText("🍰".repeat(141))).toEqual({ ok: false, refusal: { code: "too_long", limit: 140, given: 141 } });
});

test("it is read by the one rule for plain text", () => {
  expect(parsePersonalText(" \n").ok).toBe(false);
  expect(parsePersonalText("a\u202eb").ok).toBe(false);
});
