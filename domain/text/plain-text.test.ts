import { describe, expect, test } from "vitest";
import { countCharacters, readPlainText } from "./plain-text";

const read = (text: string, lengthMax = 140) => readPlainText(text, lengthMax);

test("a text is trimmed and brought to NFC", () => {
  expect(read(" Cafe\u0301 \u00a0")).toEqual({ ok: true, value: "Café" });
});

test.each(["", " ", "\n", "\u200b", "\u200d\u200c", "\ufeff", "\u00ad", "\ufe0f", "\u3164\u115f", "\u2800", "\u0301", "\u034f"])(
  "%j shows nothing: it is empty",
  (text) => {
    expect(read(text)).toEqual({ ok: false, refusal: { code: "empty" } });
  },
);

describe("marks at the rim are dropped", () => {
  test.each(["\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u034f"])(
    "%j",
    (mark) => {
      expect(read(`${mark}Ada ${mark}`)).toEqual({ ok: true, value: "Ada" });
      expect(read(`${mark}نقد${mark === "\u200c" ? " " : ""}`)).toMatchObject({ ok: true });
    },
  );
});

describe("what a script, a flag or a family needs stays", () => {
  test.each([
    "نقد",
    "می‌خواهم",
    "۲۰‌ساله",
    "«کتاب»‌ها",
    "۱۴۴۵ ه‍",
    "क्‍ष",
    "שלום \u200f!",
    "הדירה \u200e(12-B)",
    "متجر\u061c 12",
    "\u0601\u0661\u0662",
    "給料",
    "葛\u{e0100}城",
    "naïve — “quoted”",
    "👩‍👩‍👧",
    "👩🏽‍🚀",
    "🏳️‍🌈",
    "👁️‍🗨️",
    "❤️",
    "1️⃣",
    "#️⃣ one",
    "🇩🇪",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "…",
    "7",
  ])("%s", (text) => {
    expect(read(text)).toEqual({ ok: true, value: text.normalize("NFC") });
  });
});

describe("what deceives is refused, and named", () => {
  const kinds = {
    invisible: [0xad, 0x180e, 0x200b, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x206a, 0x206f, 0x17b4, 0x3164, 0xffa0, 0xfeff],
    joiner: [0x200c, 0x200d, 0x34f, 0xfe0e, 0xfe0f, 0x2800],
    direction: [0x200e, 0x200f, 0x61c],
    override: [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
    tag: [0xe0001, 0xe0041, 0xe007f],
    line_break: [0x0a, 0x0d, 0x85, 0x2028, 0x2029],
    control: [0x00, 0x07, 0x09, 0x1b, 0x7f, 0x9f],
    private_use: [0xe000, 0xf8ff, 0xf0000],
    unassigned: [0x378, 0xfdd0, 0xffff, 0x1ffff],
    half: [0xd800, 0xdc00],
  } as const;
  const cases = Object.entries(kinds).flatMap(([kind, points]) => points.map((codePoint) => ({ kind, codePoint })));

  test.each(cases)("$kind: $codePoint", ({ kind, codePoint }) => {
    const text = `Ada${String.fromCodePoint(codePoint)}Lindqvist`;
    expect(read(text)).toEqual({ ok: false, refusal: { code: "forbidden_character", unseen: { codePoint, kind } } });
  });

  test.each(["\ufff9", "\ufffa", "\ufffb", "\u{1d173}", "\u{13430}"])("invisible: %j", (point) => {
    expect(read(`a${point}b`)).toMatchObject({ refusal: { code: "forbidden_character", unseen: { kind: "invisible" } } });
  });

  test("tags behind a black flag that are no region", () => {
    expect(read("🏴\u{e0041}\u{e0042}\u{e0043}\u{e007f}").ok).toBe(false);
    expect(read("🏴\u{e0067}\u{e0062}").ok).toBe(false);
  });

  test("an override, wherever it stands", () => {
    for (const text of ["\u202eAda", "Ada\u202c", "\u2066Ada\u2069"]) expect(read(text).ok, JSON.stringify(text)).toBe(false);
  });
});

test("characters are counted after they are composed: 100 syllables of Hangul typed as 300 units are 100", () => {
  const syllables = "한".repeat(100).normalize("NFD");
  expect(syllables).toHaveLength(300);
  expect(countCharacters(syllables, 140)).toBe(100);
  expect(read(syllables)).toEqual({ ok: true, value: "한".repeat(100) });
  expect(read(syllables, 99)).toEqual({ ok: false, refusal: { code: "too_long", limit: 99, given: 100 } });
});

test("no text within its length is longer than its bound in units; beyond that nobody counts", () => {
  expect(read("ᾂ".normalize("NFD").repeat(140)).ok).toBe(true); // four code points a character
  expect(read("👩".repeat(140)).ok).toBe(true);
  expect(read("a".repeat(1_121))).toEqual({ ok: false, refusal: { code: "too_long", limit: 140, given: null } });
  expect(countCharacters("a".repeat(1_121), 140)).toBeNull();
});
