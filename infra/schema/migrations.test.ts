import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildSchema, readMigrations } from "./build-schema";
import { migrationKind } from "./migration-kind";

const folder = "infra/migrations";
const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));

test.each(files)("%s says at its head whether older builds go on with it", (name) => {
  const said = migrationKind(readFileSync(`${folder}/${name}`, "utf8"));
  expect(said, 'its first line is "-- expand: why" or "-- contract (floor 17): why"').toBeDefined();
  if (said?.kind === "contract") expect(said.floor).toBeLessThanOrEqual(Number(name.slice(0, 4)));
});

test("the journal names every file once, in the order of numbers and of times: Drizzle leaves out what is out of order", () => {
  const { all, newest } = readMigrations(folder);
  expect(all.map(({ name }) => `${name}.sql`)).toEqual(files);
  expect(all.map(({ name }) => Number(name.slice(0, 4)))).toEqual(all.map((_, index) => index));
  expect(all.map(({ madeAt }) => madeAt)).toEqual(all.map(({ madeAt }) => madeAt).toSorted((a, b) => a - b));
  expect(new Set(all.map(({ madeAt }) => madeAt)).size).toBe(all.length);
  expect(newest).toEqual(buildSchema);
});

test.each([
  ["-- expand: one more table.\ncreate table x ();", { kind: "expand" }],
  ["-- contract (floor 17): a column goes.", { kind: "contract", floor: 17 }],
  ["create table x ();", undefined],
  ["-- expand:\ncreate table x ();", undefined],
  ["-- contract: a column goes.", undefined],
  ["\n-- expand: not at the head", undefined],
])("the head of %j is read as %j", (sql, kind) => {
  expect(migrationKind(sql)).toEqual(kind);
});
