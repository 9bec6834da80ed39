import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseRoles, roleVariables } from "@/infra/postgres/roles/database-roles";
import { sealOnce } from "@/infra/seals/seal-once";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";

// The order of docs/backup.md, by the commands themselves: backup, new machine, keys, restore, verify.

const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-machines-"));
const [here, there] = [path.join(folder, "here"), path.join(folder, "there")];
const file = path.join(folder, "book.backup");
const sealFile = (machine: string) => path.join(machine, "seals.txt");
const noWitness = "no seal file: nothing outside the database bears witness";
let target: TestDatabase;

beforeAll(async () => {
  mkdirSync(path.join(here, "secrets"), { recursive: true });
  for (const name of ["hmac", "master", "seal"] as const)
    writeFileSync(path.join(here, "secrets", name), testSecrets[name].toString("base64"));
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  for (const amount of [1n, 2n, 3n]) await give(deposit(accountId, amount, "rent"), { runtime, actor });
  await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile(here) });
  target = await testDatabase({ empty: true });
});
afterAll(async () => {
  await target.drop();
  rmSync(folder, { recursive: true });
});

type Machine = { dataDir: string; on: TestDatabase };

/** Runs a command of the terminal on a machine; what it said, and how it ended. */
function daybook({ dataDir, on }: Machine, ...words: string[]): Promise<{ code: number | null; said: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: on.ownerUrl,
    ...Object.fromEntries(databaseRoles.map((role) => [roleVariables[role], on.urls[role]])),
    DAYBOOK_DATA: dataDir,
    DAYBOOK_SEAL_FILE: "",
  };
  const child = spawn(process.execPath, ["--import", "tsx", "cli/testing/terminal-process.ts", ...words], { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve({ code, said }));
  });
}

test("the documented order ends in a sound book, with the seal file, without it, and with an empty one", async () => {
  const old = { dataDir: here, on: database };
  expect(await daybook(old, "backup", file)).toMatchObject({ code: 0 });

  const fresh = { dataDir: there, on: target };
  const tooEarly = await daybook(fresh, "restore", file);
  expect(tooEarly.code, tooEarly.said).not.toBe(0);
  expect(tooEarly.said).toContain("secrets that are not here");
  cpSync(path.join(here, "secrets"), path.join(there, "secrets"), { recursive: true });
  expect(await daybook(fresh, "restore", file)).toMatchObject({ code: 0, said: expect.stringContaining("verify") });

  const without = await daybook(fresh, "verify");
  expect(without, without.said).toMatchObject({ code: 0 });
  expect(without.said).toContain(noWitness);

  writeFileSync(sealFile(there), "");
  const empty = await daybook(fresh, "verify");
  expect(empty, empty.said).toMatchObject({ code: 0 });
  expect(empty.said).toContain(noWitness);

  cpSync(sealFile(here), sealFile(there));
  const witnessed = await daybook(fresh, "verify");
  expect(witnessed, witnessed.said).toMatchObject({ code: 0 });
  expect(witnessed.said).toContain(`as ${sealFile(there)} bears out`);
});

test("where the bank itself runs, a seal file that was deleted does not pass in silence", async () => {
  const kept = readFileSync(sealFile(here));
  rmSync(sealFile(here));
  const { code, said } = await daybook({ dataDir: here, on: database }, "verify");
  writeFileSync(sealFile(here), kept);
  expect(code, said).toBe(0);
  expect(said).toContain(noWitness);
  expect(said).not.toContain("FAULT");
});
