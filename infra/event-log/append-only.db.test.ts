import { beforeAll, expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { customer, deposit, give, openAccount } from "../testing/test-bank";

const { database, runtime } = await testRuntime();
beforeAll(async () => {
  const actor = customer();
  await give(deposit(await openAccount(runtime, actor), 100n), { runtime, actor });
});

const changes = ["events", "commands"].flatMap((table) => [
  `update ${table} set type = 'MoneyWithdrawn'`,
  `update ${table} set type = type where false`,
  `delete from ${table}`,
  `truncate ${table}`,
  `truncate ${table} cascade`,
]);

test.each(changes)("the application may not: %s", async (sql) => {
  await expect(database.pool.query(sql)).rejects.toMatchObject({ code: "42501" });
});

test.each(changes)("nor may the owner: %s", async (sql) => {
  await expect(database.owner.query(sql)).rejects.toMatchObject({ code: "DB001" });
});

test.each([
  "insert into events select * from events",
  "insert into commands select * from commands",
  "select finish_seeding()",
  "update log_gate set not_before = now()",
])("the application may not write past the gate: %s", async (sql) => {
  await expect(database.pool.query(sql)).rejects.toMatchObject({ code: "42501" });
});

test("nobody imports into a book whose seeding is finished, and the application never", async () => {
  const call = "select * from import_events('[]', '[]', '[]', '[]', null, null, '{}')";
  await expect(database.pool.query(call)).rejects.toMatchObject({ code: "42501" });
  await expect(database.owner.query(call)).rejects.toMatchObject({ code: "DB003" });
});

test("the book's own row stays as it was written", async () => {
  await expect(database.owner.query("update book set demo = true")).rejects.toMatchObject({ code: "DB001" });
  await expect(database.owner.query("delete from book")).rejects.toMatchObject({ code: "DB001" });
});
