import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test("a test database is a migrated, empty, real book", async () => {
  const { rows } = await database.owner.query("select demo, (select count(*) from events) as events from book");
  expect(rows).toEqual([{ demo: false, events: 0n }]);
});

test("its pool is signed in as a role that is no owner", async () => {
  const { rows } = await database.pool.query("select rolsuper, rolcreaterole from pg_roles where rolname = current_user");
  expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false }]);
  await expect(database.pool.query("delete from events")).rejects.toThrow("permission denied");
});

test("the server commits durably", async () => {
  const { rows } = await database.owner.query(
    "select current_setting('fsync') f, current_setting('full_page_writes') w, current_setting('synchronous_commit') c",
  );
  expect(rows).toEqual([{ f: "on", w: "on", c: "on" }]);
});
