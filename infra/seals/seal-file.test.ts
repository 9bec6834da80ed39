import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { noSeal, type Seal, sealHash, sealLine, signSeal } from "./seal";
import { fileSeals, lastFiled } from "./seal-file";
import { sealKey } from "./seal-key";
import { sealLinesIn } from "./seal-lines";

const folder = mkdtempSync(path.join(tmpdir(), "daybook-seal-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

const key = sealKey(Buffer.alloc(32, 7));
const seals: Seal[] = [];
for (const size of [1n, 5n, 9n, 12n]) {
  const last = seals.at(-1);
  const previous = last ? sealHash(last) : noSeal;
  const root = Buffer.alloc(32, Number(size));
  const commands = { count: size, hash: root };
  const sealedAt = new Date("2026-11-29T12:00:00.000Z");
  seals.push(signSeal({ bookId: "book_1", size, root, commands, sealedAt, keyId: key.id, previous }, key));
}
const lines = seals.map(sealLine);
const [first, second, third] = lines;
const written = `${first}\n${second}\n${third}\n`;

const touched: readonly (readonly [tool: string, text: string | Buffer])[] = [
  ["nothing", written],
  ["a tool that ends lines in CRLF", written.replaceAll("\n", "\r\n")],
  ["a tool that ends lines in CR", written.replaceAll("\n", "\r")],
  ["an editor that takes the last line end away", written.slice(0, -1)],
  ["an editor that puts a byte-order mark in front", `\uFEFF${written}`],
  ["an editor that adds blank lines", `\n${written.replaceAll("\n", "\n\n")}\n`],
  ["all of it", `\uFEFF${written.replaceAll("\n", "\r\n")}`.slice(0, -2)],
];

test.each(touched)("a seal file that went through %s reads as it was written, and takes the next seal", async (tool, text) => {
  const file = path.join(folder, `${tool.replaceAll(" ", "-")}.txt`);
  writeFileSync(file, text);
  expect(sealLinesIn(readFileSync(file), { file, isStart: true }).lines).toEqual([first, second, third]);
  expect((await lastFiled(file))?.size).toBe(9n);
  await fileSeals(file, seals.slice(3));
  expect(sealLinesIn(readFileSync(file), { file, isStart: true }).lines).toEqual(lines);
  expect((await lastFiled(file))?.size).toBe(12n);
});

test("a line that a crash cut short is no seal, whatever the line ends are", () => {
  for (const end of ["\n", "\r\n"]) {
    const text = Buffer.from(`${first}${end}${second?.slice(0, 200)}`);
    expect(sealLinesIn(text, { file: "f", isStart: true })).toMatchObject({ lines: [first], unended: false });
  }
});

test("UTF-16 is refused in words that accuse nobody", async () => {
  const file = path.join(folder, "utf-16.txt");
  writeFileSync(file, Buffer.concat([Buffer.from("fffe", "hex"), Buffer.from(written, "utf16le")]));
  await expect(lastFiled(file)).rejects.toThrow(/is UTF-16 text: save it as UTF-8, and nothing is wrong with it/);
});
