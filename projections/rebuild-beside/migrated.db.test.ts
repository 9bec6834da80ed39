import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/infra/postgres/migrate";
import { laterMigrations } from "@/infra/schema/testing/later-build";
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
const later = laterMigrations({
  name: "next_build",
  head: "expand: a column more.",
  sql: "alter table account_entries add column reviewed boolean not null default false;\n--> statement-breakpoint\ncreate index account_entries_reviewed on account_entries (reviewed);",
});
afterAll(later.remove);

beforeAll(async () => {
  await makeHistory(runtime, { accounts: 3, commands: 120, seed: 15 });
  await runOnce(runtime);
});

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
  await migrate(database.ownerUrl, { ...book, migrations: later.folder });
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
