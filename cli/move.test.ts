import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { rememberedDatabase } from "@/cli/launch/which-database";
import { rereadEnv } from "@/infra/config/env";
import { tryLock } from "@/infra/processes/os-lock.mjs";
import { run } from "./move";

const dataDir = mkdtempSync(path.join(tmpdir(), "daybook-move-"));
vi.stubEnv("DAYBOOK_DATA", dataDir);
rereadEnv();
const said = [vi.spyOn(console, "log"), vi.spyOn(console, "error")].map((spy) => spy.mockImplementation(() => {}));
const words = () => said.flatMap((spy) => spy.mock.calls.flat()).join("\n");

const note = {
  kind: "given",
  place: "the database bank at db.example:5432",
  systemIdentifier: "7",
  database: "bank",
  bookId: "book_1",
};
const remember = () => writeFileSync(path.join(dataDir, "database.json"), JSON.stringify(note));

afterEach(() => {
  for (const spy of said) spy.mockClear();
});
afterAll(() => {
  vi.unstubAllEnvs();
  rereadEnv();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a folder that remembers no database says so, and that is no error", async () => {
  expect(await run([])).toBe(0);
  expect(words()).toContain("remembers no database");
});

test("without the book's id, or with another, it only says what would be forgotten", async () => {
  remember();
  expect(await run([])).toBe(1);
  expect(await run(["--confirm", "book_2"])).toBe(1);
  expect(words()).toContain("runs on the database bank at db.example:5432 (book book_1). Nothing was changed.");
  expect(rememberedDatabase(dataDir)).toEqual(note);
});

test("with the book's id the folder forgets its database", async () => {
  remember();
  expect(await run(["--confirm", "book_1"])).toBe(0);
  expect(rememberedDatabase(dataDir)).toBeUndefined();
});

test("while the bank is at work nothing is forgotten", { timeout: 60_000 }, async () => {
  remember();
  const lock = tryLock(path.join(dataDir, "running.lock"));
  writeFileSync(
    path.join(dataDir, "running.json"),
    JSON.stringify({ main: { pid: 1, started: "1" }, server: { pid: 2, started: "1" }, address: "http://127.0.0.1:3000" }),
  );
  await expect(run(["--confirm", "book_1"])).rejects.toThrow("stop it first");
  expect(rememberedDatabase(dataDir)).toEqual(note);
  lock?.release();
});
