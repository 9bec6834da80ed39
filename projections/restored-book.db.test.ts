import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { backedUpTables } from "@/infra/backup/backed-up-tables";
import { numbersSkipped, restoreBackup } from "@/infra/backup/restore-backup";
import { takeBackup } from "@/infra/backup/take-backup";
import { Fault } from "@/infra/checks/fault";
import { allocateAccount } from "@/infra/commands/allocate-account";
import { createIdentity } from "@/infra/identity/identity";
import { createCustomer } from "@/infra/identity/people";
import { newCommandId } from "@/infra/ids";
import { migrate } from "@/infra/postgres/migrate";
import { recordFinding } from "@/infra/review/findings";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { sealOnce } from "@/infra/seals/seal-once";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { steadyDeposits } from "@/infra/testing/steady-deposits";
import { testRoles } from "@/infra/testing/template";
import { deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { closePast } from "@/infra/time-travel/close-past";
import { timelinePage } from "@/infra/time-travel/timeline";
import { accountsFor } from "./account-balances/queries";
import { exportLog } from "./export-log";
import { runOnce } from "./run-once";
import { makeHistory, type TestHistory } from "./test-history";
import { recordVerification } from "./verify/last-verification";
import { verifyBook } from "./verify/verify-book";

const { database, runtime } = await testRuntime();
const { rolePrefix } = inject("daybookTestServer");
const folder = mkdtempSync(path.join(tmpdir(), "daybook-restored-"));
const [file, sealFile] = [path.join(folder, "book.backup"), path.join(folder, "seals.txt")];
const [kept, refused] = [newCommandId(), newCommandId()];
let history: TestHistory;
let target: TestDatabase;
let restored: Runtime;
let filedThen: Buffer;

beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 3, commands: 300, seed: 21 });
  const identity = createIdentity({
    pool: runtime.pools.identity,
    secret: testSecrets.session,
    hmacKey: testSecrets.hmac,
    origin: "https://bank.example",
    sendMail: async () => undefined,
  });
  await createCustomer(identity, { email: "ada@example.org", name: "Ada Byron", password: "heron pebble violin" });
  await recordSecurityEvent(runtime.pools.identity, { kind: "signed_out", address: "203.0.113.9" });
  await recordVerification(runtime.pools.sealer, { tookMs: 5, sound: true, fault: null, held: 0, head: 1n, sealed: 0n });
  await recordFinding(runtime.pools.sealer, "verifier", new Fault("the balances of yesterday", "are not those of the log"));
  await give(deposit(firstAccount(), 777n, "before the backup"), { ...asked(runtime), commandId: kept });
  await give(withdraw(firstAccount(), 10n ** 14n), { ...asked(runtime), commandId: refused });
  await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile });
  await closePast(runtime.pools.writer, new Date());
  await runOnce(runtime);
  await takeBackup({ ownerUrl: database.ownerUrl, keys: testSecrets, file });
  filedThen = readFileSync(sealFile);
  target = await testDatabase({ empty: true });
  restored = await restoreInto(target, file);
});
afterAll(async () => {
  await restored.close();
  await target.drop();
  rmSync(folder, { recursive: true });
});

const asked = (bank: Runtime) => ({ runtime: bank, actor: history.actor });

function firstAccount() {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  return accountId;
}

/** As the terminal does it. */
async function restoreInto({ ownerUrl, urls }: TestDatabase, from: string): Promise<Runtime> {
  await restoreBackup({ ownerUrl, keys: testSecrets, file: from });
  await migrate(ownerUrl, { book: { keys: testSecrets }, roles: testRoles(ownerUrl, rolePrefix) });
  const bank = createRuntime({ urls, keys: testSecrets });
  await runOnce(bank);
  return bank;
}

/** Everything that the table says, row by row. */
async function contents({ owner }: TestDatabase, table: string, orderBy = "t::text"): Promise<string[]> {
  const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${table} t order by ${orderBy}`);
  return rows.map(({ row }) => row);
}

const mayBeEmpty = ["account_nicknames", "viewer_settings", "seal_subtrees", "party_names"];

test("every row of the backed-up tables is back as it was, and the read models grew again to the same rows", async () => {
  for (const { name, orderBy } of backedUpTables) {
    const rows = await contents(target, name, orderBy);
    expect(rows, name).toEqual(await contents(database, name, orderBy));
    if (!mayBeEmpty.includes(name)) expect(rows.length, name).toBeGreaterThan(0);
  }
  for (const name of ["account_balances", "account_entries", "activity", "daily_balances"])
    expect(await contents(target, name), name).toEqual(await contents(database, name));
});

test("verify finds the restored book sound, its seals and their file included", async () => {
  const verdict = await verifyBook(restored, () => {}, { sealFile });
  expect(verdict).toMatchObject({ ok: true, accounts: 3 });
  expect(verdict.sealed).toBe(verdict.events);
});

test("answers are the same: balances, accounts as of any moment, timelines, and the log itself", async () => {
  const { rows } = await database.pool.query<{ at: Date }>("select recorded_at as at from events where position % 37 = 0");
  for (const accountId of history.accounts) {
    for (const { at: t } of rows) {
      const ask = (bank: Runtime) => accountAsOf(bank, history.actor, { accountId, at: { kind: "time", t } });
      const answer = await ask(restored);
      expect(answer).toMatchObject({ final: true });
      expect({ ...answer, snapshotVersion: 0, eventsFolded: 0 }).toEqual({
        ...(await ask(runtime)),
        snapshotVersion: 0,
        eventsFolded: 0,
      });
    }
    const timeline = (bank: Runtime) => timelinePage(bank, history.actor, accountId, { order: "newest", limit: 300 });
    expect(await timeline(restored)).toEqual(await timeline(runtime));
  }
  const accounts = async ({ pool }: Runtime) => (await accountsFor(pool, history.actor, { limit: 50 })).accounts;
  expect(await accounts(restored)).toEqual(await accounts(runtime));
  expect(await logOf(restored)).toBe(await logOf(runtime));
});

async function logOf(bank: Runtime): Promise<string> {
  let text = "";
  for await (const { lines } of exportLog(bank)) text += lines;
  return text.replace(/"exportedAt":"[^"]+"/, "");
}

test("a command from before the backup gives its first answer again and has no second effect, done or refused", async () => {
  const before = (await contents(target, "events")).length;
  const again = await give(deposit(firstAccount(), 777n, "before the backup"), { ...asked(restored), commandId: kept });
  const first = await give(deposit(firstAccount(), 777n, "before the backup"), { ...asked(runtime), commandId: kept });
  expect(again).toMatchObject({ kind: "done", replayed: true });
  expect(again).toEqual(first);
  expect(await give(withdraw(firstAccount(), 10n ** 14n), { ...asked(restored), commandId: refused })).toMatchObject({
    kind: "refused",
    replayed: true,
  });
  const other = await give(deposit(firstAccount(), 777n, "other words"), { ...asked(restored), commandId: kept });
  expect(other).toEqual({ kind: "mismatch", fields: ["description"] });
  expect((await contents(target, "events")).length).toBe(before);
});

test("what stands is append-only as before, for the owner by triggers and for the application by its rights", async () => {
  for (const table of ["events", "commands", "seals"])
    for (const change of [`delete from ${table}`, `truncate ${table}`])
      await expect(target.owner.query(change)).rejects.toMatchObject({ code: "DB001" });
  await expect(target.owner.query("update events set type = 'x'")).rejects.toMatchObject({ code: "DB001" });
  await expect(target.owner.query("update book set id = 'x'")).rejects.toMatchObject({ code: "DB001" });
  await expect(target.pools.writer.query("insert into events select * from events limit 1")).rejects.toMatchObject({
    code: "42501",
  });
});

test("a number that was given out after the backup is not given out again, and the bank goes on", async () => {
  const serial = (number: string) => BigInt(number.slice(4));
  const lost = await allocateAccount(runtime.pools.writer);
  const next = await allocateAccount(restored.pools.writer);
  expect(serial(next.accountNumber)).toBe(serial(lost.accountNumber) + numbersSkipped);
  const accountId = await openAccount(restored, history.actor);
  expect(await give(deposit(accountId, 5n), asked(restored))).toMatchObject({ kind: "done" });
  await recordVerification(restored.pools.sealer, { tookMs: 5, sound: true, fault: null, held: 0, head: 1n, sealed: 0n });
  await runOnce(restored);
  expect(await verifyBook(restored, () => {})).toMatchObject({ ok: true, accounts: 4 });
});

test("sealing goes on where the file is the one of the backup, and not where it knows of a later seal", async () => {
  const elsewhere = path.join(folder, "of-the-backup.txt");
  writeFileSync(elsewhere, filedThen);
  await give(deposit(firstAccount(), 1n), asked(runtime)); // lost, after it was sealed
  await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile });
  await expect(sealOnce({ pool: target.pools.sealer, keys: testSecrets, file: sealFile })).rejects.toThrow("does not have");
  expect(await sealOnce({ pool: target.pools.sealer, keys: testSecrets, file: elsewhere })).toMatchObject({ kind: "sealed" });
  expect(await verifyBook(restored, () => {}, { sealFile: elsewhere })).toMatchObject({ ok: true });
  expect(await verifyBook(restored, () => {}, { sealFile })).toMatchObject({
    ok: false,
    fault: expect.stringContaining("has another line"),
  });
});

test("a backup taken while deposits go on is of one moment: all of its commands with all of their events", async () => {
  const deposits = steadyDeposits(runtime, { actor: history.actor, accountId: firstAccount() });
  await until("deposits go on", () => deposits.done.size > 5);
  const busy = path.join(folder, "busy.backup");
  const before = deposits.done.size;
  const { header, tables } = await takeBackup({ ownerUrl: database.ownerUrl, keys: testSecrets, file: busy });
  await until("more came after it", () => deposits.done.size > before + 3);
  await deposits.finish();
  expect(tables.find(({ table }) => table === "events")?.rows).toBe(header.head.position);
  const copy = await testDatabase({ empty: true });
  const bank = await restoreInto(copy, busy);
  try {
    expect(await verifyBook(bank, () => {})).toMatchObject({ ok: true, events: BigInt(header.head.position) });
  } finally {
    await bank.close();
    await copy.drop();
  }
});
