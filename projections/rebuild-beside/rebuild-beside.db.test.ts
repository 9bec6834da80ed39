import { beforeAll, expect, test } from "vitest";
import { readableOnly } from "@/infra/rows/unreadable-row";
import { testRuntime } from "@/infra/testing/test-runtime";
import { projections } from "../registry";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { verifyBook } from "../verify/verify-book";
import { rebuildBeside } from "./rebuild-beside";
import { rollBackRebuild } from "./requests";
import { rebuildsUnderWay } from "./state";
import { copiesIn, readModelRows } from "./testing/copies";

// The application's role only, on a book that stands still: what comes out, and what is told.

const { database, runtime } = await testRuntime();
beforeAll(async () => {
  await makeHistory(runtime, { accounts: 7, commands: 1_500, seed: 3 });
  await runOnce(runtime);
});

/** Everything about the tables that a migration, a plan or a right could depend on. */
async function made(): Promise<unknown[]> {
  const { rows } = await database.owner.query(
    `select c.relname, c.relkind, c.reloptions, c.relacl::text[] as grants, pg_get_indexdef(c.oid) as index, k.conname, pg_get_constraintdef(k.oid) as constraint
       from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_constraint k on k.conrelid = c.oid or k.conindid = c.oid
      where n.nspname = 'public' and (c.relname = any($1) or c.oid in (select indexrelid from pg_index i join pg_class t on t.oid = i.indrelid where t.relname = any($1)))
      order by c.relname, k.conname`,
    [projections.map(({ name }) => name)],
  );
  return rows;
}

for (const reader of projections)
  test(`${reader.name} is made anew to the same rows, names, indexes and rights, the old one kept`, async () => {
    const [rows, tables] = [await readModelRows(database.pool), await made()];
    const told: bigint[] = [];
    const end = await rebuildBeside(runtime, reader, { onProgress: ({ done }) => told.push(done) });
    expect(end).toMatchObject({ status: "swapped", differences: 0n, firstDifference: null, fault: null });
    expect(end.compared).toBe(BigInt(rows[reader.name]?.length ?? -1));
    expect([end.done, end.keptPosition]).toEqual([end.target, end.target]);
    expect(told.at(-1)).toBe(end.target);
    expect(await readModelRows(database.pool)).toEqual(rows);
    expect(await made()).toEqual(tables);
    expect(await copiesIn(database.owner, "shadow")).toEqual([]);
    expect(await copiesIn(database.owner, "kept")).toContain(reader.name);
  });

test("afterwards the book verifies, readers go on, and the way back comes level before it is taken", async () => {
  await makeHistory(runtime, { accounts: 2, commands: 120, seed: 4 });
  await runOnce(runtime);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
  const rows = await readModelRows(database.pool);
  for (const { name } of projections) {
    expect(await rollBackRebuild(runtime, name, { askedBy: "test" })).toMatchObject({ purpose: "roll_back", status: "level" });
  }
  for (const reader of projections) expect(await rebuildBeside(runtime, reader)).toMatchObject({ status: "rolled_back" });
  expect(await readModelRows(database.pool)).toEqual(rows);
  await makeHistory(runtime, { accounts: 1, commands: 60, seed: 5 });
  await runOnce(runtime);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
  expect(readableOnly(await rebuildsUnderWay(runtime.pool)).map(({ status }) => status)).toEqual(
    projections.map(() => "rolled_back"),
  );
});
