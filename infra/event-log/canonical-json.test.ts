import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json";

test("names are sorted by UTF-16 code units, as in RFC 8785 §3.2.3", () => {
  const sample = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji",
    "\u0080": "Control",
    "\u00f6": "o",
  };
  const inOrder = [...canonicalJson(sample).matchAll(/:"([A-Za-z ]+)"/g)].map((match) => match[1]);
  expect(inOrder).toEqual(["Carriage Return", "One", "Control", "o", "Euro Sign", "Emoji", "Hebrew Letter Dalet With Dagesh"]);
});

test("strings are escaped as in RFC 8785 §3.2.2.2", () => {
  expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/\u007f')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"');
});

test.each([
  [1],
  [0n],
  [undefined],
  [Number.NaN],
  [() => 1],
  [Symbol("x")],
  [{ a: 1 }],
  [["x", 2]],
  [{ a: undefined }],
  [new Date(0)],
  [new Map()],
  ["\ud800"],
  [{ "\udc00": "x" }],
])("%s has no canonical form", (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});

test("the order in which members were set is not seen, and parsing gives the value back", () => {
  const value = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("json")),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("json")),
    ),
  })).json;
  fc.assert(
    fc.property(value, (json) => {
      const text = canonicalJson(json);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(canonicalJson(reversed(json))).toBe(text);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
