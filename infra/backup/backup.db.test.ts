import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { backedUpTables, leftOutTables } from "./backed-up-tables";
import { backupSeal, sealLine, sealLineBytes } from "./backup-format";
import { restoreBackup } from "./restore-backup";
import { takeBackup } from "./take-backup";

const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-backup-"));
const file = path.join(folder, "book.backup");
let target: TestDatabase;
let whole: Buffer;

beforeAll(async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  for (let i = 0; i < 60; i++) await give(deposit(accountId, BigInt(i + 1), `rent ${i}\n`), { runtime, actor });
  await takeBackup({ ownerUrl: database.ownerUrl, keys: testSecrets, file });
  whole = readFileSync(file);
  target = await testDatabase({ empty: true });
});
afterAll(async () => {
  await target.drop();
  rmSync(folder, { recursive: true });
});

const restore = (from: string, options: { keys?: typeof testSecrets; ownerUrl?: string } = {}) =>
  restoreBackup({ ownerUrl: target.ownerUrl, keys: testSecrets, ...options, file: from });

function written(name: string, bytes: Buffer): string {
  const changed = path.join(folder, name);
  writeFileSync(changed, bytes);
  return changed;
}

/** As somebody who has the keys would change it: the seal is right again. */
function resealed(change: (text: string) => string): string {
  const text = gunzipSync(whole.subarray(0, whole.length - sealLineBytes)).toString("utf8");
  const bytes = gzipSync(change(text));
  return written("resealed", sealedWith(testSecrets.hmac, bytes));
}

function sealedWith(hmacKey: Buffer, bytes: Buffer): Buffer {
  const seal = backupSeal(hmacKey);
  seal.update(bytes);
  return Buffer.concat([bytes, Buffer.from(sealLine(seal.end()))]);
}

async function booksIn({ owner }: TestDatabase): Promise<string> {
  const { rows } = await owner.query("select to_regclass('public.book') is not null as made");
  if (!rows[0].made) return "none";
  const tables = ["book", "events", "commands", "account_keys", "users"];
  const counts = await owner.query(tables.map((name) => `select count(*) as count from ${name}`).join(" union all "));
  return counts.rows.every(({ count }) => count === 0n) ? "none" : "some";
}

test("of every table somebody has decided whether a backup holds it", async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  const decided = [...backedUpTables.map(({ name }) => name), ...Object.keys(leftOutTables)];
  expect(rows.map(({ name }) => name).filter((name) => !decided.includes(name))).toEqual([]);
  expect(new Set(decided).size).toBe(decided.length);
});

test("a backup is one file for its owner's eyes, holds no text in clear, and never replaces another", async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  expect(gunzipSync(whole.subarray(0, whole.length - sealLineBytes)).toString("utf8")).not.toMatch(/rent \d/);
  await expect(takeBackup({ ownerUrl: database.ownerUrl, keys: testSecrets, file })).rejects.toThrow("exists already");
  expect(readFileSync(file).equals(whole)).toBe(true);
});

test("a backup that fails in the middle leaves no file", async () => {
  const elsewhere = path.join(folder, "no-such-folder", "book.backup");
  await expect(takeBackup({ ownerUrl: database.ownerUrl, keys: testSecrets, file: elsewhere })).rejects.toThrow("ENOENT");
  const url = database.ownerUrl;
  const stopped = path.join(folder, "stopped.backup");
  const stop = () => {
    throw new Error("stopped");
  };
  await expect(takeBackup({ ownerUrl: url, keys: testSecrets, file: stopped, onRows: stop })).rejects.toThrow("stopped");
  expect(readdirSync(folder).filter((name) => name.startsWith("stopped"))).toEqual([]);
});

test("a flipped byte anywhere in the file is found, and nothing is written", async () => {
  const step = Math.floor(whole.length / 97);
  const places = [...Array(12).keys(), ...Array.from({ length: 97 }, (_, i) => i * step), whole.length - 70, whole.length - 1];
  for (const place of places) {
    const bytes = Buffer.from(whole);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await expect(restore(written("flipped", bytes)), `byte ${place}`).rejects.toThrow(/damaged|cut short/);
  }
  expect(await booksIn(target)).toBe("none");
});

test("a file that is cut short, added to, empty, of something else or not there is refused by that name", async () => {
  for (const length of [whole.length - 1, whole.length - sealLineBytes, Math.floor(whole.length / 2), 40, 0]) {
    const cut = written("cut", whole);
    truncateSync(cut, length);
    await expect(restore(cut)).rejects.toThrow(/damaged|cut short/);
  }
  const longer = written("longer", whole);
  appendFileSync(longer, "\n");
  await expect(restore(longer)).rejects.toThrow("no backup of Daybook, or is cut short");
  await expect(restore(written("other", Buffer.from("hello\n".repeat(100))))).rejects.toThrow("no backup of Daybook");
  await expect(restore(path.join(folder, "nothing"))).rejects.toThrow("There is no file");
});

test("a backup that somebody without the keys changed is refused", async () => {
  const text = gunzipSync(whole.subarray(0, whole.length - sealLineBytes)).toString("utf8");
  const forged = sealedWith(Buffer.alloc(32, 1), gzipSync(text.replace('"customer"', '"teller"')));
  await expect(restore(written("forged", forged))).rejects.toThrow("was changed by somebody without the book's keys");
});

test.each(["hmac", "master", "seal"] as const)("another %s key is refused by its name", async (name) => {
  const keys = { ...testSecrets, [name]: Buffer.alloc(32, 7) };
  await expect(restore(file, { keys })).rejects.toThrow(`another ${name} key`);
});

test.each([
  ["another format", (text: string) => text.replace("daybook.backup.1", "daybook.backup.9"), "of format daybook.backup.9"],
  [
    "another schema",
    (text: string) => text.replace(/"migratedTo":"\d+"/, '"migratedTo":"1"'),
    "restore it with the build that wrote it",
  ],
  [
    "a changed row",
    (text: string) => text.replace(/("type":"MoneyDeposited".*?"minorUnits": ")1"/, '$19"'),
    "events is not what was written",
  ],
  ["a row left out", (text: string) => text.replace(/\{"position":7,.*\n/, ""), "events is not what was written"],
  ["another end of the log", (text: string) => text.replace('"position":"61"', '"position":"60"'), "does not end in the event"],
  ["a table left out", (text: string) => text.replace(/@begin "seals"\n@end .*\n/, ""), "does not hold the tables"],
  ["an end that is missing", (text: string) => text.replace(/@complete .*\n/, ""), "cut short"],
  ["a row that the schema refuses", (text: string) => text.replace('"version":3,', '"version":-3,'), "events_version_positive"],
])("%s is refused, also where the file's seal is right, and nothing is written", async (_what, change, words) => {
  const text = gunzipSync(whole.subarray(0, whole.length - sealLineBytes)).toString("utf8");
  expect(change(text)).not.toBe(text);
  await expect(restore(resealed(change))).rejects.toThrow(words);
  expect(await booksIn(target)).toBe("none");
});

test("a database that holds a book takes no other, and keeps its own", async () => {
  const { rows } = await database.owner.query("select count(*) as count from events");
  await expect(restore(file, { ownerUrl: database.ownerUrl })).rejects.toThrow("holds a book already");
  expect((await database.owner.query("select count(*) as count from events")).rows).toEqual(rows);
});

test("a restore that was killed in the middle is done again from the beginning", async () => {
  const stop = () => {
    throw new Error("killed");
  };
  const many = resealed((text) => text); // the same rows, told of one by one below
  const killed = restoreBackup({ ownerUrl: target.ownerUrl, keys: testSecrets, file: many, rowsPerInsert: 10, onRows: stop });
  await expect(killed).rejects.toThrow("killed");
  expect(await booksIn(target)).toBe("none");
  expect(await restore(file)).toMatchObject({ head: { position: "61" } });
  await expect(restore(file)).rejects.toThrow("holds a book already");
});
