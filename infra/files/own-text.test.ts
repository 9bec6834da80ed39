import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readOwnJson, readOwnText, writeOwnText } from "./own-text";

const folder = mkdtempSync(path.join(tmpdir(), "daybook-text-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function fileOf(content: string | Buffer): string {
  const file = path.join(folder, `${++count}.txt`);
  writeFileSync(file, content);
  return file;
}

const bom = "\uFEFF";
const through: readonly (readonly [string, (text: string) => string])[] = [
  ["untouched", (text) => text],
  ["without its last newline", (text) => text.trimEnd()],
  ["with Windows line ends", (text) => text.replaceAll("\n", "\r\n")],
  ["with a byte-order mark", (text) => bom + text],
  ["with both", (text) => bom + text.replaceAll("\n", "\r\n")],
  ["with a Windows line end alone at its end", (text) => `${text.trimEnd()}\r\n`],
  ["with more blank lines", (text) => `${text}\n \n`],
];
test.each(through)("a text that went through another tool is read as it was written: %s", (_, change) => {
  expect(readOwnText(fileOf(change("first line\nsecond line\n")))).toBe("first line\nsecond line");
  expect(readOwnJson(fileOf(change('{\n  "a": 1\n}\n')))).toEqual({ a: 1 });
});

test("a file that is not there is no text, and an empty one is an empty text", () => {
  expect(readOwnText(path.join(folder, "nothing"))).toBeUndefined();
  expect(readOwnText(fileOf(""))).toBe("");
});

const unreadable: readonly (readonly [string, Buffer])[] = [
  ["UTF-16", Buffer.from(`${bom}secret`, "utf16le")],
  ["zeros, as after a power cut", Buffer.alloc(64)],
  ["bytes that are no text", Buffer.from([0xc3, 0x28, 0xa0, 0xff])],
];
test.each(unreadable)("what is no text any more is refused in words, with the file's name: %s", (_, bytes) => {
  const file = fileOf(bytes);
  expect(() => readOwnText(file)).toThrow(`${file} is no UTF-8 text`);
});

test("a folder in place of the file is refused in words", () => {
  const file = path.join(folder, "folder");
  mkdirSync(file);
  expect(() => readOwnText(file)).toThrow(`${file} is a folder, and Daybook keeps a file there`);
});

test.each([
  ["empty", ""],
  ["no JSON any more", '{ "cut'],
])("JSON that was cut off is refused in words, with the file's name: %s", (how, content) => {
  const file = fileOf(content);
  expect(() => readOwnJson(file)).toThrow(`${file} is ${how}`);
});

test("a file is written whole, for its owner alone, and nothing is left beside it", () => {
  const file = path.join(folder, "own", "written");
  mkdirSync(path.dirname(file));
  writeOwnText(file, "one");
  writeOwnText(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(file))).toEqual(["written"]);
});
