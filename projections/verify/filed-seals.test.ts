import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { filedSeals } from "./filed-seals";

const folder = mkdtempSync(path.join(tmpdir(), "daybook-filed-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("whole lines come one by one, over the bounds of a read; a cut one only once it is whole; what is added later comes too", async () => {
  const file = path.join(folder, "seals.txt");
  const lines = Array.from({ length: 3_000 }, (_, i) => `line ${i} ${"x".repeat(i % 90)}`);
  writeFileSync(file, `${lines.join("\n")}\ncut o`);
  const filed = filedSeals(file);
  for (const line of lines) expect(await filed.next()).toBe(line);
  expect(await filed.next()).toBeUndefined();
  appendFileSync(file, "ff\nlater\n");
  expect([await filed.next(), await filed.next(), await filed.next()]).toEqual(["cut off", "later", undefined]);
});

test("a missing file has no lines, and no file is asked for none", async () => {
  expect(await filedSeals(path.join(folder, "nowhere")).next()).toBeUndefined();
  expect(await filedSeals(undefined).next()).toBeUndefined();
});
