import { expect, test } from "vitest";
import { passwordProblem } from "@/infra/identity/password-rules";

const ada = { email: "ada.byron@example.org", name: "Ada Byron" };
const codeOf = (password: string) => passwordProblem(password, ada)?.code;

test.each([
  ["eleven chars", "kettle-moth", "too_short"],
  ["eleven characters of four bytes each", "🦊🐙🦉🐌🦋🐢🦔🐬🦜🐝🐞", "too_short"],
  ["longer than anybody types", "kettle moth ".repeat(11), "too_long"],
  ["one character again and again", "aaaaaaaaaaaaaaaa", "repetitive"],
  ["a word repeated", "kettlekettle", "repetitive"],
  ["along the keyboard", "qwertyuiopas", "repetitive"],
  ["along the alphabet, backwards", "zyxwvutsrqpo", "repetitive"],
  ["digits in order", "123456789012", "repetitive"],
  ["a common word with digits", "password12345", "common"],
  ["a common word in disguise", "P@ssw0rd!2024", "common"],
  ["two common words", "welcomesunshine", "common"],
  ["the famous one", "correct horse battery staple", "common"],
  ["the owner's name", "byron-in-the-rain", "personal"],
  ["the owner's e-mail address", "ada.byron@example.org!", "personal"],
])("%s is refused", (_, password, code) => {
  expect(codeOf(password)).toBe(code);
});

test.each(["a lantern on the quay", "vQ8#mz2LtpRw", "heron pebble violin", "Übermorgen regnet es"])(
  "%s is accepted",
  (password) => {
    expect(codeOf(password)).toBeUndefined();
  },
);
