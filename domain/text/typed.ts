/**
 * Numbers and moments as people type or paste them, spelt in one way: digits of any script by their value, every kind of
 * space and minus as the plain one, full-width signs as ASCII, and without direction marks beside a number. A mark inside
 * a number stays: it may show its digits in another order. Expects bounded text.
 */
export function foldTyped(text: string): string {
  return [...text].map(folded).join("").replace(marksBeside, "").trim();
}

/** Whether its digits come from more than one script: nobody types that, and such digits are easily taken for others. */
export function mixesDigits(text: string): boolean {
  const zeros = [...text].filter((point) => digit.test(point)).map((point) => codeOf(point) - digitValue(codeOf(point)));
  return new Set(zeros).size > 1;
}

const digit = /\p{Nd}/u;
const space = /[\p{Zs}\t]/u;
const minus = /[\u2010-\u2015\u2212\ufe63\uff0d]/u;
const marks = "[\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202c\\u2060\\u2066-\\u2069\\ufeff]+";
const marksBeside = new RegExp(`(?<![0-9.,'])${marks}|${marks}(?![0-9.,'])`, "gu");
const signs: Readonly<Record<string, string>> = { "￥": "¥", "￡": "£", "￦": "₩" };

function folded(point: string): string {
  if (digit.test(point)) return String(digitValue(codeOf(point)));
  if (space.test(point)) return " ";
  if (minus.test(point)) return "-";
  const code = codeOf(point);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : (signs[point] ?? point);
}

/** Unicode encodes the digits of a script in a row from zero to nine, some rows right behind each other. */
function digitValue(code: number): number {
  let first = code;
  while (digit.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
}

const codeOf = (point: string): number => point.codePointAt(0) ?? 0;
