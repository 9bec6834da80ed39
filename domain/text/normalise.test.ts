import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise, normaliseUnitsMax, TextTooLong } from "./normalise";

test("a text is composed, and brought to its compatible form where that is asked for", () => {
  expect(normalise("cafe\u0301", "NFC")).toBe("café");
  expect(normalise("ﬁ１", "NFKC")).toBe("fi1");
});

test("beyond its bound a text is not touched", () => {
  expect(normalise("a".repeat(normaliseUnitsMax), "NFC")).toHaveLength(normaliseUnitsMax);
  expect(() => normalise("a".repeat(normaliseUnitsMax + 1), "NFC")).toThrow(TextTooLong);
});

test("nothing else in the tree normalises", () => {
  const sources = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.tsx", "*.mjs"], { encoding: "utf8" });
  const normalising = sources
    .trim()
    .split("\n")
    .filter((path) => !/\.(test|spec)\.tsx?$/.test(path))
    .filter((path) => /\bnormalize\b(?!["'-])/.test(textOf(path)));
  expect(normalising).toEqual(["domain/text/normalise.ts"]);
});

// A file that was just deleted is listed still.
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
