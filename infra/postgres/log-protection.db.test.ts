import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { asAdmin, databaseUrl } from "@/infra/testing/template";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { logProtection } from "./log-protection";
import { migrate } from "./migrate";

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
  await runtime.close();
  await owned.drop();
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role ${name}`);
  });
});

test("where the application's role cannot be made the bank opens all the same, and says what protects its log", async () => {
  const appRole = { name: `${name}_app`, password: "app" };
  const { protection } = await migrate(url.href, { book: { keys: testSecrets }, appRole });
  expect(protection).toBe("triggers only");
  runtime = createRuntime({ url: url.href, keys: testSecrets });
  expect(await logProtection(runtime.pool)).toBe("triggers only");
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  expect(await give(deposit(accountId, 5n), { runtime, actor })).toMatchObject({ kind: "done" });
});

test.each(["update events set type = 'x'", "delete from commands", "truncate events"])(
  "and the triggers hold: %s",
  async (sql) => {
    const client = new pg.Client(url.href);
    await client.connect();
    await expect(client.query(sql)).rejects.toMatchObject({ code: "DB001" });
    await client.end();
  },
);

test("with a role of its own the application has no right to change the log", async () => {
  expect(await logProtection(owned.pool)).toBe("role and triggers");
  expect(await logProtection(owned.owner)).toBe("triggers only");
});
