import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";

const folder = join(process.cwd(), "infra/migrations");
const fingerprint = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase({ empty: true });
});
afterAll(() => database.drop());

async function migrateFrom(first: number, last: number): Promise<void> {
  const journal = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")) as { entries: { tag: string }[] };
  for (const { tag } of journal.entries.slice(first, last + 1))
    for (const statement of readFileSync(join(folder, `${tag}.sql`), "utf8").split("--> statement-breakpoint"))
      await database.owner.query(statement);
}

test("a book of before loses its fingerprints from the disk, and keeps its commands as they were", async () => {
  await migrateFrom(0, 11);
  const { rows: before } = await database.owner.query(
    `insert into commands (actor, id, type, account_ids, input, fingerprint, outcome, position, versions, context, decided_at, recorded_at)
     select 'usr_a', 'cmd_' || n, 'DepositMoney', '{acc_a}', '{"description": {"enc": "1"}, "amount": {"minorUnits": "5"}}',
       jsonb_build_object('description', $1::text), '{"ok": "yes", "events": []}', n, '{}', '{}', now(), now() from generate_series(1, 100) n
     returning to_jsonb(commands) - 'fingerprint' as row`,
    [fingerprint],
  );
  await database.owner.query("checkpoint");
  expect(await fileOf("commands")).toContain(fingerprint);
  await migrateFrom(12, 12);
  await database.owner.query("checkpoint");
  expect(await fileOf("commands")).not.toContain(fingerprint);
  const { rows: after } = await database.owner.query("select to_jsonb(c) as row from commands c order by position");
  expect(after).toEqual(before);
  await expect(database.owner.query("delete from commands")).rejects.toThrow("append-only");
});

async function fileOf(table: string): Promise<string> {
  const { rows } = await database.owner.query<{ bytes: Buffer }>(
    "select pg_read_binary_file(pg_relation_filepath($1)) as bytes",
    [table],
  );
  return rows[0]?.bytes.toString("latin1") ?? "";
}
