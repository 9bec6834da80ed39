import { afterAll, afterEach, beforeEach, expect, inject, test } from "vitest";
import { type MigrateOptions, migrate } from "../postgres/migrate";
import { testRoles } from "../testing/template";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { testSecrets } from "../testing/test-secrets";
import { buildSchema } from "./build-schema";
import { BuildTooOld, readBookSchema } from "./schema-standing";
import { contraction, expansion, laterMigrations, laterNumber } from "./testing/later-build";

const next = laterMigrations(expansion);
const nextButOne = laterMigrations(expansion, contraction);
afterAll(() => {
  next.remove();
  nextButOne.remove();
});

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const start = (migrations?: string, roles?: MigrateOptions["roles"]) =>
  migrate(database.ownerUrl, { book: { keys: testSecrets }, ...(migrations && { migrations }), ...(roles && { roles }) });

test("a fresh book says which builds may work on it, and which migration it is at", async () => {
  expect(await readBookSchema(database.pool)).toMatchObject({ newest: buildSchema.number, newestName: buildSchema.name });
  expect((await start()).unknown).toBeUndefined();
});

test("this build starts on a book with a later expand, and says so by name", async () => {
  await start(next.folder);
  const name = `${String(laterNumber(1)).padStart(4, "0")}_more_room`;
  expect(await readBookSchema(database.pool)).toMatchObject({ newest: laterNumber(1), newestName: name });
  expect((await start()).unknown).toMatch(
    new RegExp(`does not know: of 20.*its newest is ${name}.*${buildSchema.name}, may go on`),
  );
});

test("a row in the migrations table that nobody knows is told by its moment and hash", async () => {
  await database.owner.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('abcdef0123456789', 4102444800000)",
  );
  expect((await start()).unknown).toContain("of 2100-01-01T00:00:00.000Z (abcdef012345)");
});

test("after a contract this build is refused in one sentence that says what it is, what the book is and what to do", async () => {
  await start(nextButOne.folder);
  const refused = await start().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BuildTooOld);
  expect(String(refused)).toMatch(
    new RegExp(
      `knows the book's schema up to ${buildSchema.name}, .*less_room, takes builds from number ${laterNumber(1)} on: start a newer build`,
    ),
  );
  expect((await start(next.folder)).unknown).toContain("less_room"); // a neighbour above the floor goes on
});

test("floor and newest never go down, and the application cannot move them", async () => {
  await expect(database.owner.query("update book_schema set floor = floor - 1")).rejects.toThrow("never go down");
  await expect(database.owner.query("update book_schema set newest = newest - 1, floor = 0")).rejects.toThrow("never go down");
  await expect(database.owner.query("delete from book_schema")).rejects.toThrow("stays");
  await expect(database.owner.query("truncate book_schema")).rejects.toThrow("append-only");
  await expect(database.pool.query("update book_schema set floor = newest")).rejects.toThrow("permission denied");
  await expect(database.pool.query("select raise_schema_floor(1, 99)")).rejects.toThrow("permission denied");
});

test("a build of before neither gives nor takes rights in what a later one made", async () => {
  const roles = testRoles(database.ownerUrl, inject("daybookTestServer").rolePrefix);
  await start(next.folder);
  await start(undefined, roles);
  await expect(database.pool.query("select from next_things")).rejects.toThrow("permission denied");
  await database.owner.query(`grant select on next_things to "${roles.logins.reader.name}"`); // as the later build does
  await start(undefined, roles);
  await database.pool.query("select from next_things");
});

test("a book that lacks a migration of this build behind later ones is refused, and the migration named", async () => {
  await database.owner.query(
    "delete from drizzle.__drizzle_migrations where created_at = (select min(created_at) from drizzle.__drizzle_migrations)",
  );
  await expect(start()).rejects.toThrow("never had the migration 0000_event_log");
});
