import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { NewerThanBuild } from "@/infra/checks/fault";
import { newCommandId } from "@/infra/ids";
import { createRuntime } from "@/infra/runtime";
import { buildSchema } from "@/infra/schema/build-schema";
import { createSealCourse } from "@/infra/seals/seal-course";
import { sealOnce } from "@/infra/seals/seal-once";
import { appendForged } from "@/infra/testing/append-forged";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testDatabase } from "@/infra/testing/test-database";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { runOnce } from "../run-once";
import { verifyBook } from "./verify-book";

// What a newer build asked for, met by this one: a command of a type that is not known here, which made an event that is.

const { database, runtime } = await testRuntime();

test("a command of a newer build is no tampering: verify and sealer stop before it by name, and record nothing against it", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  await give(deposit(accountId, 500n), { runtime, actor });
  await database.owner.query("select raise_schema_floor(0, $1)", [buildSchema.number + 1]);
  const forged = await appendForged(database.pools.writer, accountId, { command: { t: "TransferMoney" } });
  await give(deposit(accountId, 7n), { runtime, actor, commandId: newCommandId() });
  await runOnce(runtime);

  const verdict = await verifyBook(runtime, () => {});
  expect(verdict).toMatchObject({
    ok: false,
    fault: expect.stringMatching(/is TransferMoney, which only a newer Daybook knows/),
  });
  expect(!verdict.ok && verdict.found).toBeInstanceOf(NewerThanBuild);
  expect(!verdict.ok && verdict.found.event).toMatchObject({ position: forged.position });

  const file = path.join(mkdtempSync(path.join(tmpdir(), "daybook-newer-")), "seals.txt");
  const course = createSealCourse();
  for (let i = 0; i < 3; i++) await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file }, {}, course);
  const { rows } = await database.owner.query(
    "select coalesce(max(size), 0) < $1 as before, (select count(*)::int from findings) as findings from seals",
    [forged.position],
  );
  expect(rows).toEqual([{ before: true, findings: 0 }]);
});

test("on a book that no later build has worked on it is a fault like any other", async () => {
  const other = await testDatabase();
  const bank = createRuntime({ urls: other.urls, keys: testSecrets });
  const actor = customer();
  const accountId = await openAccount(bank, actor);
  await appendForged(other.pools.writer, accountId, { command: { t: "TransferMoney" } });
  await runOnce(bank);
  const verdict = await verifyBook(bank, () => {});
  expect(verdict).toMatchObject({ ok: false, fault: expect.stringContaining("asked for something else") });
  expect(!verdict.ok && verdict.found).not.toBeInstanceOf(NewerThanBuild);
  await bank.close();
  await other.drop();
});
