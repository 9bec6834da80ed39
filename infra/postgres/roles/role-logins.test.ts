import { expect, test } from "vitest";
import { databaseRoles } from "./database-roles";
import { roleLogins } from "./role-logins";

const loginsFor = (database: string) =>
  roleLogins({ ownerUrl: `postgres://owner:x@db.example:5432/${encodeURIComponent(database)}`, secret: "a secret" });
const namesFor = (database: string) => databaseRoles.map((role) => loginsFor(database)[role].name);

test("a database's logins are named after it", () => {
  expect(namesFor("bank")).toEqual(databaseRoles.map((role) => `daybook_bank_${role}`));
});

test.each([
  ["long", "b".repeat(50)],
  ["long, and not of ASCII alone", "é".repeat(30)],
  ["cut within a sign of two units", `${"b".repeat(31)}${"🏦".repeat(5)}`],
])("names of logins are no longer than PostgreSQL takes, and no two databases share one: %s", (_, name) => {
  const [one, other] = [namesFor(`${name}1`), namesFor(`${name}2`)];
  expect(new Set([...one, ...other]).size).toBe(2 * databaseRoles.length);
  for (const login of [...one, ...other]) {
    expect(Buffer.byteLength(login)).toBeLessThanOrEqual(63);
    expect(Buffer.from(login).toString()).toBe(login); // no half of a sign
  }
});

test("a URL that was given is used whole; a login without one is found at the application's address, with its parameters", () => {
  const reader = "postgres://pages:secret@pool.example:6432/bank?sslmode=require&options=-c%20geqo%3Doff";
  const ownerUrl = "postgres://owner:x@db.example:5432/bank";
  const logins = roleLogins({ ownerUrl, secret: "a secret", given: { reader } });
  expect(logins.reader).toMatchObject({ name: "pages", password: "secret", url: reader, given: "DATABASE_APP_URL" });
  const writer = new URL(logins.writer.url);
  expect(writer.host + writer.search).toBe("pool.example:6432?sslmode=require&options=-c%20geqo%3Doff");
  expect(writer.username).toBe("daybook_bank_writer");
  expect(logins.writer).toMatchObject({ given: undefined, from: "DATABASE_APP_URL" });
  expect(new URL(logins.writer.ownersPlace).host).toBe("db.example:5432");
});
