import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeMissingSecrets, readSecrets, readServerSecrets } from "@/infra/config/secrets";

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

test("the server neither needs nor reads what the passwords of the logins are made from", () => {
  makeMissingSecrets(folder, { bookExists: false });
  expect(readServerSecrets(folder)).not.toHaveProperty("roles");
  rmSync(path.join(folder, "secrets/roles"));
  expect(() => readServerSecrets(folder)).not.toThrow();
  expect(() => readSecrets(folder)).toThrow("secrets/roles");
});

test("a variable goes before the file", () => {
  makeMissingSecrets(folder, { bookExists: false });
  const given = "ab".repeat(32);
  expect(readSecrets(folder, { DAYBOOK_SECRET_MASTER: given }).master.toString("hex")).toBe(given);
});

test.each([
  ["DAYBOOK_SECRET_SEAL", "c2hvcnQ="],
  ["DAYBOOK_SECRET_MASTER", "ab".repeat(31)],
  ["DAYBOOK_SECRET_HMAC", "!".repeat(44)],
  ["DAYBOOK_SECRET_SERVER_ACTIONS", `${"A".repeat(43)}=%`],
  ["DAYBOOK_SECRET_SESSION", "too short"],
  ["DAYBOOK_SECRET_RUN_ROUTE", "x".repeat(31)],
  ["DAYBOOK_SECRET_METRICS", "x"],
  ["DAYBOOK_SECRET_ROLES", "too short"],
])("%s of the wrong length or form is refused by its name, and not repeated", (name, value) => {
  makeMissingSecrets(folder, { bookExists: false });
  const read = () => readSecrets(folder, { [name]: value });
  expect(read).toThrow(new RegExp(`^${name} must (be 32 bytes|have at least 32 characters)`));
  expect(read).not.toThrow(value);
});

test("a secret from a file that is too short is refused by the file", () => {
  makeMissingSecrets(folder, { bookExists: false });
  writeFileSync(path.join(folder, "secrets/seal"), "c2hvcnQ=");
  expect(() => readSecrets(folder)).toThrow(`${folder}/secrets/seal must be 32 bytes`);
});
