import pg from "pg";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { laterMigrations } from "../schema/testing/later-build";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { testSecrets } from "../testing/test-secrets";
import { until } from "../testing/until";
import { type MigrateOptions, migrate, migrationLockKey } from "./migrate";

// Somebody holds a lock that a start needs: another start that hangs, or a session that was
// forgotten.

const changing = laterMigrations({
  name: "more_in_seals",
  head: "expand: a column more.",
  sql: "alter table seals add column next_build text;",
});
const both = laterMigrations({
  name: "more_in_two",
  head: "expand: a column more in each of two tables.",
  sql: "alter table commands add column next_build text; alter table seals add column next_build text;",
});
afterAll(() => {
  for (const one of [changing, both]) one.remove();
});

let database: TestDatabase;
let holder: pg.Client;
let pid: number;
beforeEach(async () => {
  database = await testDatabase();
  holder = new pg.Client({ connectionString: database.ownerUrl, application_name: "forgotten" });
  holder.on("error", () => {}); // it is ended from outside
  await holder.connect();
  pid = (await holder.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid ?? 0;
});
afterEach(async () => {
  await holder.end().catch(() => {});
  await database.drop();
});

const start = (options: Partial<MigrateOptions> = {}) => migrate(database.ownerUrl, { book: { keys: testSecrets }, ...options });
const takeLock = () => holder.query("select pg_advisory_lock($1)", [migrationLockKey]);
const named = () =>
  new RegExp(`held by process ${pid} of the database \\(login \\w+, application "forgotten", connected since 20\\d\\d-.*Z\\)`);

test("a start that cannot have the lock of migrations says who holds it, since when, and how to end that", async () => {
  await takeLock();
  const refused = await start({ waitMsMax: 200 }).catch((error: Error) => error.message);
  expect(refused).toMatch(named());
  expect(refused).toContain(`select pg_terminate_backend(${pid})`);
});

test("while it waits it says so once, and goes on when the lock is let go of", async () => {
  await takeLock();
  const told: string[] = [];
  const started = start({ tell: (words) => told.push(words) });
  await until("it says that it waits", () => told.length > 0);
  expect(told).toEqual([expect.stringMatching(named())]);
  await holder.query("select pg_advisory_unlock_all()");
  await started;
  expect(told).toHaveLength(1);
});

test("ended as the words say, the other connection lets the start go on", async () => {
  await takeLock();
  const told: string[] = [];
  const started = start({ tell: (words) => told.push(words) });
  await until("it says that it waits", () => told.length > 0);
  await database.owner.query("select pg_terminate_backend($1)", [pid]);
  await started;
});

test("a migration that waits for a table says who reads it, and leaves the book as it was", async () => {
  await holder.query("begin");
  await holder.query("select from seals");
  const before = await database.owner.query("select * from book_schema");
  const refused = await start({ migrations: changing.folder, waitMsMax: 200 }).catch((error: Error) => error.message);
  expect(refused).toMatch(named());
  expect((await database.owner.query("select * from book_schema")).rows).toEqual(before.rows);

  await holder.query("rollback");
  await start({ migrations: changing.folder, waitMsMax: 200 });
});

test("a migration and a neighbour that want each other's tables: the migration gives way, and goes through afterwards", async () => {
  await holder.query("begin");
  await holder.query("select from seals");
  const told: string[] = [];
  const started = start({ migrations: both.folder, tell: (words) => told.push(words) });
  await until("it says that it waits", () => told.length > 0);
  await holder.query("select from commands limit 1"); // a migration that kept what it has would hold this
  await holder.query("commit");
  await started;
  expect(told).toEqual([expect.stringMatching(named())]);
});

test("a start that ends leaves no lock behind", async () => {
  await start();
  expect((await holder.query("select pg_try_advisory_lock($1) as free", [migrationLockKey])).rows).toEqual([{ free: true }]);
});
