import { readFileSync } from "node:fs";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { readMigrations } from "./build-schema";
import { migrationKind } from "./migration-kind";

// Replays the migrations one by one, and holds what each leaves against what was there before it. What builds of before use must stay.

const historyUpTo = 18; // before the floor there were no neighbours: one process stopped, and the next one migrated

type Step = { name: string; kind: ReturnType<typeof migrationKind>; before: Catalogue; after: Catalogue };
type Catalogue = { functions: Map<string, string>; columns: Map<string, Column> };
type Column = { type: string; required: boolean };

let database: TestDatabase;
let steps: Step[];
let floor: number;

beforeAll(async () => {
  database = await testDatabase({ empty: true });
  steps = [];
  const client = await database.owner.connect();
  for (const { name } of readMigrations("infra/migrations").all) {
    const sql = readFileSync(`infra/migrations/${name}.sql`, "utf8");
    const before = await catalogue(client);
    for (const statement of sql.split("--> statement-breakpoint")) await client.query(statement);
    steps.push({ name, kind: migrationKind(sql), before, after: await catalogue(client) });
  }
  const { rows } = await client.query<{ floor: number }>("select floor from book_schema");
  floor = rows[0]?.floor ?? -1;
  client.release();
});
afterAll(() => database.drop());

const neighbours = () => steps.filter(({ name }) => Number(name.slice(0, 4)) > historyUpTo);
const expanding = () => neighbours().filter(({ kind }) => kind?.kind === "expand");

test("the book's floor is the highest of those that contracts name at their head", () => {
  const named = steps.map(({ kind }) => (kind?.kind === "contract" ? kind.floor : 0));
  expect(floor).toBe(Math.max(...named));
});

test("a function whose arguments or answer change gets a new name, in every migration", () => {
  for (const { name, before, after } of neighbours())
    for (const [fn, signature] of before.functions)
      if (after.functions.has(fn)) expect(`${fn}${after.functions.get(fn)}`, name).toBe(`${fn}${signature}`);
});

test("no two functions have one name: a grant by name would fail", () => {
  for (const { name, after } of steps)
    for (const [fn, signature] of after.functions) expect(signature, `${name}: ${fn}`).not.toContain(" | ");
});

test("an expand takes no function away", () => {
  for (const { name, before, after } of expanding())
    expect([...after.functions.keys()], name).toEqual(expect.arrayContaining([...before.functions.keys()]));
});

test("an expand takes no table and no column away, and leaves its type and whether it may be empty", () => {
  for (const { name, before, after } of expanding())
    for (const [column, was] of before.columns) expect({ [column]: after.columns.get(column) }, name).toEqual({ [column]: was });
});

test("a column that an expand adds to a table may be left out: older builds do not know it", () => {
  for (const { name, before, after } of expanding()) {
    const tables = new Set([...before.columns.keys()].map(tableOf));
    for (const [column, { required }] of after.columns)
      if (!before.columns.has(column) && tables.has(tableOf(column)))
        expect({ column, required }, name).toEqual({ column, required: false });
  }
});

/** Contracts for something that no catalogue of columns and functions shows: the rights of builds of before. */
const unseen = ["0024_rights_by_work"];

test("the contracts of before would be caught: each takes away or changes what older builds use", () => {
  const named = steps.filter(({ kind }) => kind?.kind === "contract").map(({ name }) => name);
  const found = steps.filter(({ before, after }) => breaks(before, after)).map(({ name }) => name);
  expect(named).toEqual([...found, ...unseen].sort());
});

const tableOf = (column: string) => column.slice(0, column.lastIndexOf("."));

function breaks(before: Catalogue, after: Catalogue): boolean {
  const tables = new Set([...before.columns.keys()].map(tableOf));
  const isGone = [...before.columns].some(([name, was]) => JSON.stringify(after.columns.get(name)) !== JSON.stringify(was));
  const isOther = [...before.functions].some(([name, was]) => after.functions.get(name) !== was);
  const isAsked = [...after.columns].some(
    ([name, { required }]) => required && tables.has(tableOf(name)) && !before.columns.has(name),
  );
  return isGone || isOther || isAsked;
}

/** What builds call and name: functions with arguments, names and answer; columns, and whether an insert must give them. */
async function catalogue(client: pg.ClientBase): Promise<Catalogue> {
  const functions = await client.query<{ name: string; signature: string }>(
    `select n.nspname || '.' || p.proname as name,
            string_agg('(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid), ' | ') as signature
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'shadow', 'kept') group by 1`,
  );
  const columns = await client.query<{ name: string; type: string; required: boolean }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            a.attnotnull and not a.atthasdef and a.attidentity = '' as required
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'shadow', 'kept') and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped`,
  );
  return {
    functions: new Map(functions.rows.map(({ name, signature }) => [name, signature])),
    columns: new Map(columns.rows.map(({ name, type, required }) => [name, { type, required }])),
  };
}
