import { expect, test } from "vitest";
import { formatOfLanguages } from "./format-of-languages";

test.each([
  ["en-US,en;q=0.9", "1,234.56"],
  ["de-DE,de;q=0.9,en;q=0.8", "1.234,56"],
  ["fr-FR", "1 234,56"],
  ["de-CH", "1'234.56"],
  ["pt-BR", "1.234,56"],
  ["nl", "1.234,56"],
  ["sv-SE", "1 234,56"],
  ["cs", "1 234,56"],
  ["ja", "1,234.56"],
  ["en-IN", "1,234.56"],
  ["ar-EG", "1,234.56"],
  ["en;q=0.1, de;q=0.9", "1.234,56"],
  ["xx-nothing, de", "1.234,56"],
  ["de;q=0, en", "1,234.56"],
] as const)("%s writes %s", (header, format) => {
  expect(formatOfLanguages(header)).toBe(format);
});

test.each([null, "", "*", ";;;", "q=1", "€", ",".repeat(10_000), "a-".repeat(10_000)])(
  "%j names no language: numbers are written as in English",
  (header) => {
    expect(formatOfLanguages(header)).toBe("1,234.56");
  },
);
