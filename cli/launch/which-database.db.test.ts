import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readBook } from "@/infra/book/book";
import { testDatabase } from "@/infra/testing/test-database";
import {
  describeBook,
  forgetDatabase,
  mustBeRemembered,
  mustLeadToRemembered,
  rememberDatabase,
  rememberedDatabase,
} from "./which-database";

const [own, other, empty] = [await testDatabase(), await testDatabase(), await testDatabase({ empty: true })];
const folders: string[] = [];
let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "daybook-which-"));
  folders.push(dataDir);
});
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  for (const one of [own, other, empty]) await one.drop();
});

const given = ({ ownerUrl }: { ownerUrl: string }) => ({ ownerUrl, embedded: false });
const settings = (databaseUrl?: string) => ({ dataDir, databaseUrl });
const remember = async () => rememberDatabase(given(own), settings(own.ownerUrl), await readBook(own.pool));

test("a folder remembers the database that its bank runs on, without the password", async () => {
  await remember();
  const text = readFileSync(path.join(dataDir, "database.json"), "utf8");
  expect(rememberedDatabase(dataDir)).toMatchObject({ kind: "given", bookId: (await readBook(own.pool)).id });
  expect(rememberedDatabase(dataDir)?.systemIdentifier).toMatch(/^\d+$/);
  expect(text).not.toContain(new URL(own.ownerUrl).password);
  await mustBeRemembered(given(own), settings(own.ownerUrl));
  mustLeadToRemembered(settings(own.ownerUrl));
});

test("without DATABASE_URL the embedded database is refused, before it is started, naming both and the way out", async () => {
  await remember();
  const { pathname, host } = new URL(own.ownerUrl);
  expect(() => mustLeadToRemembered(settings())).toThrow(
    new RegExp(
      `runs on the database ${pathname.slice(1)} at ${host} \\(book book_\\w+\\), but DATABASE_URL is not set\\.\\nSet DATABASE_URL`,
    ),
  );
});

test("another database is refused, with its book and the one of this bank", async () => {
  await remember();
  const [theirs, ours] = [await readBook(other.pool), await readBook(own.pool)];
  const refused = mustBeRemembered(given(other), settings(other.ownerUrl));
  await expect(refused).rejects.toThrow(new RegExp(`book ${ours.id}.*holds book ${theirs.id}.*npm run daybook -- move`, "s"));
  await expect(mustBeRemembered(given(empty), settings(empty.ownerUrl))).rejects.toThrow("holds no book");
});

test("a bank on the embedded database refuses another one, and the same without its folder", async () => {
  mkdirSync(path.join(dataDir, "postgres"));
  await rememberDatabase({ ownerUrl: own.ownerUrl, embedded: true }, settings(), await readBook(own.pool));
  mustLeadToRemembered(settings());
  expect(() => mustLeadToRemembered(settings(other.ownerUrl))).toThrow(/the embedded database in .*Unset DATABASE_URL\./s);
  rmSync(path.join(dataDir, "postgres"), { recursive: true });
  expect(() => mustLeadToRemembered(settings())).toThrow(/postgres is not there\.\nBring that folder back\./);
});

test("a copy of the book on another server is another database", async () => {
  await remember();
  const note = path.join(dataDir, "database.json");
  writeFileSync(note, readFileSync(note, "utf8").replace(/"systemIdentifier": "\d+"/, '"systemIdentifier": "1"'));
  await expect(mustBeRemembered(given(own), settings(own.ownerUrl))).rejects.toThrow("on another server");
});

test("what is remembered is not changed by a later start, until it is forgotten", async () => {
  await remember();
  await rememberDatabase(given(other), settings(other.ownerUrl), await readBook(other.pool));
  await mustBeRemembered(given(own), settings(own.ownerUrl));
  forgetDatabase(dataDir);
  expect(existsSync(path.join(dataDir, "database.json"))).toBe(false);
  await mustBeRemembered(given(other), settings(other.ownerUrl));
});

test.each([
  ["with Windows line ends and a byte-order mark", (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`],
  ["without its last newline", (text: string) => text.trimEnd()],
])("the note is read %s", async (_, change) => {
  await remember();
  const note = path.join(dataDir, "database.json");
  writeFileSync(note, change(readFileSync(note, "utf8")));
  await mustBeRemembered(given(own), settings(own.ownerUrl));
});

test.each([
  ["empty", ""],
  ["cut off", '{ "kind": "giv'],
  ["of another shape", "{}"],
])("a note that is %s is refused in words, with its name", (_, content) => {
  writeFileSync(path.join(dataDir, "database.json"), content);
  expect(() => mustLeadToRemembered(settings())).toThrow(path.join(dataDir, "database.json"));
});

test("a command says which book it reads, and where", async () => {
  const book = await readBook(own.pool);
  expect(describeBook(given(own), settings(own.ownerUrl), book)).toBe(
    `Book ${book.id} (real) in the database ${new URL(own.ownerUrl).pathname.slice(1)} at ${new URL(own.ownerUrl).host}.`,
  );
  expect(describeBook({ ...given(own), embedded: true }, settings(), { ...book, demo: true })).toContain(
    `(a demo) in the embedded database in ${dataDir}`,
  );
});
