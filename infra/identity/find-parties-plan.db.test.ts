import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findParties } from "@/infra/identity/find-parties";
import { type TestIdentity, testIdentity } from "@/infra/identity/test-identity";
import { transaction } from "@/infra/postgres/transaction";

// Among very many customers, each way to find one goes by an index and reads little more than it shows.

const customers = 100_000; // every second one is called "stranger", the others have names that few share
let bank: TestIdentity;

beforeAll(async () => {
  bank = await testIdentity();
  await bank.db.owner.query(
    `insert into parties (id, kind, name, name_key)
       select 'pty_' || lpad(i::text, 26, '0'), 'person', key, key
         from generate_series(1, $1::int) i,
              lateral (select translate(i::text, '0123456789', 'abcdefghjk') as word) w,
              lateral (select case when i % 2 = 0 then 'stranger' else 'ada ' || word end as key) k`,
    [customers],
  );
  await bank.db.owner.query(
    `insert into users (id, email, name, role, party_id)
       select 'usr_' || substr(id, 5), 'p' || substr(id, 5) || '@example.org', name, 'customer', id from parties`,
  );
  await bank.db.owner.query("analyze parties, users");
});
afterAll(() => bank.drop());

const wordOf = (i: number) => [...i.toString()].map((digit) => "abcdefghjk"[Number(digit)]).join("");
const emailOf = (i: number) => `p${i.toString().padStart(26, "0")}@example.org`;

test.each([
  { what: "all, first page", text: "", found: 20, readMax: 200 },
  { what: "all, a page in the middle", text: "", after: "b|", found: 20, readMax: 200 },
  { what: "one name", text: wordOf(77_777), found: 1, readMax: 50 },
  { what: "a first name that many have and a last name", text: `Ada ${wordOf(77_777)}`, found: 1, readMax: 50 },
  { what: "an e-mail address", text: emailOf(77_777), found: 1, readMax: 50 },
  { what: "the beginning of an e-mail address", text: "p@", found: 0, readMax: 50 },
  { what: "a name of nobody", text: "nobody", found: 0, readMax: 50 },
  { what: "a name of half the customers", text: "stranger", found: 20, readMax: 2 * customers },
])("$what: by indexes alone", async ({ text, after, found, readMax }) => {
  const { parties, scans } = await planOf(text, after);
  expect(parties).toHaveLength(found);
  expectIndexes(scans, readMax);
});

test("a customer number: by its index alone", async () => {
  const { rows } = await bank.db.owner.query<{ id: string; number: string }>(
    "select id, customer_number as number from parties order by id desc limit 1",
  );
  const { parties, scans } = await planOf(rows[0]?.number ?? "");
  expect(parties.map(({ partyId }) => partyId)).toEqual([rows[0]?.id]);
  expectIndexes(scans, 50);
});

test("a party without a key yet is listed first, once, and hides nobody", async () => {
  const { owner } = bank.db;
  const keyless = (await owner.query<{ id: string }>("select id from parties order by name_key desc, id desc limit 1")).rows[0]
    ?.id;
  await owner.query("update parties set name_key = null where id = $1", [keyless]);
  const first = await findParties(bank.identity.pool, { text: "", limit: 20 });
  const second = await findParties(bank.identity.pool, { text: "", limit: 20, after: first.next ?? "" });
  const listed = [...first.parties, ...second.parties].map(({ partyId }) => partyId);
  expect(listed[0]).toBe(keyless);
  expect(new Set(listed).size).toBe(40);
});

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};
type Explained = { "QUERY PLAN": [{ Plan: Plan }] };

/** What `findParties` finds, and each scan that it makes: its statements once more, explained. */
async function planOf(text: string, after: string | undefined = undefined) {
  const { pool } = bank.identity;
  const asked: [string, unknown[]?][] = [];
  const client = await pool.connect();
  const listening = {
    connect: async () => ({
      release: () => client.release(),
      query: (...statement: [string, unknown[]?]) => {
        asked.push(statement);
        return client.query(...statement);
      },
    }),
  } as unknown as pg.Pool;
  const { parties } = await findParties(listening, { text, limit: 20, after });
  const plans = await transaction(pool, async (db) => {
    const explained: Plan[] = [];
    for (const [sql, values] of asked) {
      if (sql.startsWith("set local")) await db.query(sql);
      if (!/^\s*(with|select)/.test(sql)) continue;
      const { rows } = await db.query<Explained>(`explain (analyze, format json) ${sql}`, values);
      for (const row of rows) explained.push(row["QUERY PLAN"][0].Plan);
    }
    return explained;
  });
  expect(plans.length).toBeGreaterThan(0);
  return { parties, scans: plans.flatMap(nodes).filter((node) => node["Node Type"].includes("Scan")) };
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

function expectIndexes(scans: readonly Plan[], readMax: number): void {
  expect(scans.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"])).toEqual([]);
  const read = scans.map((node) => (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]);
  expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThanOrEqual(readMax);
}
