import { expect, test } from "vitest";
import { readEnv } from "@/infra/config/env";

test("nothing set means a local server on embedded data", () => {
  const env = readEnv({});
  expect(env).toMatchObject({ host: "127.0.0.1", port: undefined, databaseUrl: undefined, demo: undefined, testHooks: false });
  expect(env.origins).toEqual(["http://127.0.0.1:3000", "http://localhost:3000"]);
});

test("an empty variable counts as absent", () => {
  expect(readEnv({ DATABASE_URL: "", PORT: "" })).toMatchObject({ databaseUrl: undefined, port: undefined });
});

test.each([
  ["DATABASE_URL", "mysql://localhost/bank"],
  ["PORT", "70000"],
  ["PORT", "http"],
  ["DAYBOOK_DEMO", "yes"],
  ["DAYBOOK_ZONE", "Europe/Atlantis"],
  ["DAYBOOK_ORIGIN", "https://bank.example/app"],
  ["DAYBOOK_TRUSTED_PROXIES", "10.0.0.0/99"],
  ["DAYBOOK_SMTP_URL", "https://mail.example"],
  ["DAYBOOK_MAIL_FROM", "the bank"],
])("%s=%s is refused by its name", (name, value) => {
  expect(() => readEnv({ [name]: value })).toThrow(name);
});

test("the application falls back to the owner's URL where it has none of its own", () => {
  const url = "postgres://owner:secret@db.example:5432/bank";
  expect(readEnv({ DATABASE_URL: url }).databaseAppUrl).toBe(url);
});

test("test hooks need the mark of a server that the tests started", () => {
  expect(readEnv({ DAYBOOK_TEST_HOOKS: "on" }).testHooks).toBe(false);
  expect(readEnv({ DAYBOOK_TEST_HOOKS: "on", DAYBOOK_TEST_SERVER: "1" }).testHooks).toBe(true);
});
