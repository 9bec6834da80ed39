import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { asAdmin, databaseUrl, testRoles } from "@/infra/testing/template";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { logProtection } from "./log-protection";
import { migrate } from "./migrate";
import { oneLogin } from "./roles/database-roles";

// A provider's database: its owner may make no roles.
const { adminUrl } = inject("daybookTestServer");
const name = `daybook_test_owner_${randomBytes(6).toString("hex")}`;
const url = new URL(databaseUrl(adminUrl, name));
[url.username, url.password] = [name, "owner"];
let runtime: Runtime;
let owned: TestDatabase;

beforeAll(async () => {
  owned = await testDatabase();
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`create role ${name} login nosuperuser nocreaterole password 'owner'`);
    await admin.query(`create database ${name} owner ${name}`);
  });
});
afterAll(async () => {
  await runtime?.close();
  await owned.drop();
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role ${name}`);
  });
});

test("where the application's logins cannot be made, nothing works as the owner in silence: each one missing is named", async () => {
  const opened = migrate(url.href, { book: { keys: testSecrets }, roles: testRoles(url.href, name) });
  await expect(opened).rejects.toThrow(`${name}_reader, ${name}_writer, ${name}_projector, ${name}_sealer, ${name}_identity`);
});

test("a bank that is asked to work as the owner does, and says what protects its log", async () => {
  await migrate(url.href, { book: { keys: testSecrets } });
  runtime = createRuntime({ urls: oneLogin(url.href), keys: testSecrets });
  expect(await logProtection(runtime.pool)).toBe("triggers only");
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  expect(await give(deposit(accountId, 5n), { runtime, actor })).toMatchObject({ kind: "done" });
});

test.each([
  "update events set type = 'x'",
  "delete from commands",
  "truncate events",
  "delete from security_log",
  "truncate account_keys",
])("and the triggers hold: %s", async (sql) => {
  const client = new pg.Client(url.href);
  await client.connect();
  await expect(client.query(sql)).rejects.toMatchObject({ code: "DB001" });
  await client.end();
});

test("with logins of its own the application has no right to change the log", async () => {
  expect(await logProtection(owned.pool)).toBe("roles and triggers");
  expect(await logProtection(owned.owner)).toBe("triggers only");
});
