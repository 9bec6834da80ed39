import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readEnv } from "@/infra/config/env";
import { unknownVariables } from "@/infra/config/unknown-variables";
import { WrongConfiguration } from "@/infra/config/wrong-configuration";

test("nothing set means a local server on embedded data", () => {
  const env = readEnv({});
  expect(env).toMatchObject({ host: "127.0.0.1", port: undefined, databaseUrl: undefined, demo: undefined, testHooks: false });
  expect(env.addresses).toMatchObject({ printed: "http://127.0.0.1:3000", onlyThese: true, listensEverywhere: false });
});

test("an empty variable counts as absent", () => {
  expect(readEnv({ DATABASE_URL: "", PORT: "" })).toMatchObject({ databaseUrl: undefined, port: undefined });
});

const secret = "p4ss-w0rd-never-shown";
const url = (rest: string) => `postgres://owner:${secret}@${rest}`;
const badUrls = [
  "mysql://localhost/bank",
  "bank",
  `owner:${secret}@db/bank`,
  url("db1:5432,db2:5432/bank"),
  url("db1,db2/bank"),
  url("db:54x2/bank"),
  url("db:0/bank"),
  url("db:99999/bank"),
  url("/bank"),
  url("/bank?host=/var/run/postgresql"),
  url("[::1/bank"),
  url("d b/bank"),
  url("db"),
  url("db/"),
  url("db/a/b"),
  url("db/bank?sslmode=yes"),
  url("db/bank?sslrootcert=/nowhere/ca.pem"),
  url("db/bank?user=other"),
  url("db/bank?pgbouncer=true"),
  "postgres://db/bank",
  `postgres://owner:${secret}#1@db/bank`,
  `postgres://owner:${secret}/1@db/bank`,
  `postgres://owner:${secret}?1@db/bank`,
  `postgres://owner:${secret}%zz@db/bank`,
  `postgres://owner:${secret} x@db/bank`,
];

/** Values that the variables of README's table do not take. */
const refused: Record<string, readonly string[]> = {
  DATABASE_URL: badUrls,
  DATABASE_APP_URL: badUrls,
  DATABASE_WRITER_URL: badUrls,
  DATABASE_PROJECTOR_URL: badUrls,
  DATABASE_SEALER_URL: badUrls,
  DATABASE_IDENTITY_URL: badUrls,
  DAYBOOK_RUN_AS_OWNER: ["yes", "ON", "true", "1"],
  PORT: ["abc", "70000", "0", "-1", "3000.5", "0x50", " 3000", "30 00"],
  HOST: [
    "1.2.3",
    "256.1.1.1",
    "127.1",
    "fe80::1%eth0",
    "http://localhost",
    "local host",
    "localhost:3000",
    "..",
    "[::1",
    "bücher.example",
  ],
  DAYBOOK_ORIGIN: [
    "bank.example",
    "ftp://bank.example",
    "https://bank.example/app",
    "https://bank.example?x",
    "https://bank.example#x",
    "https://",
    `https://me:${secret}@bank.example`,
    "https://bank.example:99999",
  ],
  DAYBOOK_TRUSTED_PROXIES: ["10.0.0.0/99", "proxy.example", "10.0.0.0/8;10.1.0.0/16", "10.0.0.0/8,,"],
  DAYBOOK_DATA: ["package.json"],
  DAYBOOK_LOG_LEVEL: ["verbose", "INFO", "2"],
  DAYBOOK_DEMO: ["yes", "ON", "true", "1"],
  DAYBOOK_SEAL_FILE: ["infra"],
  DAYBOOK_ZONE: ["Europe/Atlantis", "+02:00", "CEST2", "Berlin"],
  DAYBOOK_SMTP_URL: [
    "https://mail.example",
    "mail.example:587",
    `smtp://me:${secret}@`,
    `smtp://me:${secret}@mail.example:mail`,
    `smtp://me:${secret}@mail.example/inbox`,
    `smtp://me:${secret}@mail.example?pool=true`,
    `smtp://me:${secret}#1@mail.example`,
    `smtp://me:${secret}%zz@mail.example`,
  ],
  DAYBOOK_MAIL_FROM: ["the bank", "bank@", "The Bank <bank@example.org>"],
};
const cases = Object.entries(refused).flatMap(([name, values]) => values.map((value) => [name, value] as const));

test.each(cases)("%s=%s is refused by its name, with what is allowed, and no password is repeated", (name, value) => {
  const error = thrownBy(() => readEnv({ [name]: value }));
  expect(error).toBeInstanceOf(WrongConfiguration);
  expect(String(error)).toMatch(new RegExp(`: ${name} .*(must|takes|write|there are|without|is none of|names no)`));
  expect(String(error)).not.toContain("p4ss");
  expect(String(error)).not.toContain("Invalid");
});

test("every variable of README's table is among them", () => {
  const rows = readFileSync("README.md", "utf8").matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|/gm);
  const inTable = [...rows].flatMap(([, names = ""]) => [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = ""]) => name));
  expect(Object.keys(refused).toSorted()).toEqual(inTable.toSorted());
});

test("all that is wrong is said at once", () => {
  expect(String(thrownBy(() => readEnv({ PORT: "abc", DAYBOOK_DEMO: "yes" })))).toMatch(/PORT must be .*\nDAYBOOK_DEMO must be /);
});

test.each([
  url("db/bank"),
  url("db.example:5432/bank"),
  url("[::1]:5432/bank"),
  url("db/bank?sslmode=verify-full"),
  url("db/bank?application_name=x"),
  "postgresql://owner@127.0.0.1/bank",
  "postgres://owner@%2Fvar%2Frun%2Fpostgresql/bank",
  "postgres://owner:%23%40%2F%3F@db/bank",
])("DATABASE_URL=%s is taken as it stands", (value) => {
  expect(readEnv({ DATABASE_URL: value }).databaseUrl).toBe(value);
});

test("a variable that nothing reads is told, with the one that was meant", () => {
  expect(
    unknownVariables({ DAYBOOK_ORGIN: "x", DAYBOOK_SECRET_MASTR: "x", DAYBOOK_FOO_BAR_BAZ: "x", DAYBOOK_DATA: "x", PATH: "x" }),
  ).toEqual([
    "DAYBOOK_ORGIN is no variable of Daybook and has no effect: did you mean DAYBOOK_ORIGIN?",
    "DAYBOOK_SECRET_MASTR is no variable of Daybook and has no effect: did you mean DAYBOOK_SECRET_MASTER?",
    "DAYBOOK_FOO_BAR_BAZ is no variable of Daybook and has no effect.",
  ]);
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("the application never falls back to the owner's URL", () => {
  const url = "postgres://owner:secret@db.example:5432/bank";
  expect(readEnv({ DATABASE_URL: url })).toMatchObject({ databaseRoleUrls: {}, runAsOwner: false });
});

test("each kind of work has a login of its own", () => {
  const url = (name: string) => `postgres://${name}:secret@db.example/bank`;
  const { databaseRoleUrls } = readEnv({ DATABASE_APP_URL: url("reader"), DATABASE_WRITER_URL: url("writer") });
  expect(databaseRoleUrls).toEqual({ reader: url("reader"), writer: url("writer") });
});

test("test hooks need the mark of a server that the tests started", () => {
  expect(readEnv({ DAYBOOK_TEST_HOOKS: "on" }).testHooks).toBe(false);
  expect(readEnv({ DAYBOOK_TEST_HOOKS: "on", DAYBOOK_TEST_SERVER: "1" }).testHooks).toBe(true);
});
