import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/infra/postgres/migrate";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountBalances } from "../account-balances/projection";
import { accountEntries } from "../account-entries/projection";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { rebuildBeside } from "./rebuild-beside";
import { rollBackRebuild } from "./requests";
import { readRebuild } from "./state";
import { copiesIn } from "./testing/copies";

const { database, runtime } = await testRuntime();
let migrations: string;

beforeAll(async () => {
  await makeHistory(runtime, { accounts: 3, commands: 120, seed: 15 });
  await runOnce(runtime);
  migrations = await mkdtemp(path.join(tmpdir(), "daybook-migrations-"));
  cpSync("infra/migrations", migrations, { recursive: true });
  const journalFile = path.join(migrations, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(journalFile, "utf8"));
  const last = journal.entries.at(-1);
  const tag = `${String(last.idx + 1).padStart(4, "0")}_next_build`;
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1_000, tag });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(
    path.join(migrations, `${tag}.sql`),
    "alter table account_entries add column reviewed boolean not null default false;\n--> statement-breakpoint\ncreate index account_entries_reviewed on account_entries (reviewed);",
  );
});
afterAll(() => rmSync(migrations, { recursive: true, force: true }));

const book = { book: { keys: testSecrets } };
const copies = async () => [await copiesIn(database.owner, "shadow"), await copiesIn(database.owner, "kept")];

test("a migration finds no copy: half-made and kept ones go before it, and the rebuild starts over on the table as it then is", async () => {
  await rebuildBeside(runtime, accountBalances);
  await rebuildBeside(runtime, accountEntries);
  const stop = new AbortController();
  await rebuildBeside(runtime, accountEntries, {
    eventsPerSecondMax: 40,
    signal: stop.signal,
    onProgress: ({ done }) => done > 0n && stop.abort(),
  });
  const before = await copies();
  expect(before).toEqual([["account_entries"], ["account_balances", "account_entries"]]);

  await migrate(database.ownerUrl, book);
  expect(await copies()).toEqual(before); // nothing to migrate, nothing to drop
  await migrate(database.ownerUrl, { ...book, migrations });
  expect(await copies()).toEqual([[], []]);
  expect(await readRebuild(runtime.pool, "account_entries")).toMatchObject({ status: "running", done: 0n, keptPosition: null });
  await expect(rollBackRebuild(runtime, "account_balances", { askedBy: "test" })).rejects.toThrow("no earlier copy is kept");

  const end = await rebuildBeside(runtime, accountEntries);
  expect(end).toMatchObject({ status: "swapped", differences: 0n, done: end.target });
  const { rows } = await database.owner.query(
    "select count(*) as entries, bool_and(not reviewed) as whole, to_regclass('public.account_entries_reviewed') is not null as indexed from account_entries",
  );
  expect(rows).toEqual([{ entries: end.target, whole: true, indexed: true }]);
});
