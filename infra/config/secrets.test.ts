import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeMissingSecrets, readSecrets } from "@/infra/config/secrets";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "daybook-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a first start makes every secret, readable by its owner alone, and keeps them", () => {
  makeMissingSecrets(folder, { bookExists: false });
  const first = readSecrets(folder);
  makeMissingSecrets(folder, { bookExists: true });
  expect(readSecrets(folder)).toEqual(first);
  expect(first.master).toHaveLength(32);
  expect(first.master.equals(first.hmac)).toBe(false);
  expect(statSync(path.join(folder, "secrets")).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(folder, "secrets/master")).mode & 0o777).toBe(0o600);
});

test("a lost master key is named and never made anew over an old book", () => {
  makeMissingSecrets(folder, { bookExists: false });
  rmSync(path.join(folder, "secrets/master"));
  expect(() => makeMissingSecrets(folder, { bookExists: true })).toThrow("DAYBOOK_SECRET_MASTER");
  expect(() => readSecrets(folder)).toThrow("secrets/master");
});

test("a lost session secret only signs everybody out: it is made anew", () => {
  makeMissingSecrets(folder, { bookExists: false });
  rmSync(path.join(folder, "secrets/session"));
  makeMissingSecrets(folder, { bookExists: true });
  expect(readSecrets(folder).session.length).toBeGreaterThanOrEqual(32);
});

test("a variable goes before the file", () => {
  makeMissingSecrets(folder, { bookExists: false });
  const given = "ab".repeat(32);
  expect(readSecrets(folder, { DAYBOOK_SECRET_MASTER: given }).master.toString("hex")).toBe(given);
});

test("a key that is not 32 bytes is refused by its name", () => {
  makeMissingSecrets(folder, { bookExists: false });
  expect(() => readSecrets(folder, { DAYBOOK_SECRET_SEAL: "c2hvcnQ=" })).toThrow("DAYBOOK_SECRET_SEAL");
});
