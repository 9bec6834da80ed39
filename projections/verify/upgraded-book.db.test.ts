import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { readBook } from "@/infra/book/book";
import { newCommandId } from "@/infra/ids";
import { transaction } from "@/infra/postgres/transaction";
import { growTree } from "@/infra/seals/grow-tree";
import { publishedSeals } from "@/infra/seals/published";
import { noSeal, type Seal, sealHash, sealLine, signSeal } from "@/infra/seals/seal";
import { fileSeals } from "@/infra/seals/seal-file";
import { sealKey } from "@/infra/seals/seal-key";
import { sealOnce } from "@/infra/seals/seal-once";
import { sealsAfter } from "@/infra/seals/seal-rows";
import { sealStanding } from "@/infra/seals/seal-standing";
import { startSealer } from "@/infra/seals/sealer";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { runOnce } from "../run-once";
import { verifyBook } from "./verify-book";

// A book whose last seal is of a build that did not seal commands, and in which nothing happens any more.

const { database, runtime } = await testRuntime();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-upgraded-book-"));
const sealFile = path.join(folder, "seals.txt");
const actor = customer();
const done = newCommandId();
const key = sealKey(testSecrets.seal);
let accountId: AccountId;
let bookId: string;
let older: Seal;

beforeAll(async () => {
  accountId = await openAccount(runtime, actor);
  await give(withdraw(accountId, 900n), { runtime, actor });
  await give(deposit(accountId, 500n), { runtime, actor, commandId: done });
  await runOnce(runtime);
  bookId = (await readBook(database.pool)).id;
  const { after: root } = await transaction(database.pools.sealer, (db) => growTree(db, { size: 0n, to: 2n }));
  older = signSeal({ bookId, size: 2n, root, commands: null, sealedAt: new Date(), keyId: key.id, previous: noSeal }, key);
  await database.owner.query(
    "insert into seals (size, root, sealed_at, key_id, previous, hash, signature) values (2, $1, $2, $3, $4, $5, $6)",
    [root, older.sealedAt, key.id, noSeal, sealHash(older), older.signature],
  );
  await fileSeals(sealFile, [older]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const verify = () => verifyBook(runtime, () => {}, { sealFile });
const seals = () => sealsAfter(database.pool, bookId, 0n, 10);

test("its commands are sealed by the sealer itself, over the same events, and once", async () => {
  expect(await verify()).toMatchObject({ ok: true, commands: { checked: 3n, sealed: 0n } });
  expect(await sealStanding(database.pool)).toMatchObject({ unsealed: 0n, unsealedCommands: { count: 3n } });
  const sealer = startSealer(runtime, sealFile, { lookMs: 10, paceMs: 0 });
  await until("the commands are sealed", async () => (await sealStanding(database.pool)).unsealedCommands.count === 0n);
  await sealer.stop();
  expect(await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile })).toMatchObject({ kind: "level" });

  const [first, second, ...others] = await seals();
  expect(others).toEqual([]);
  expect(first).toEqual(older);
  expect(second).toMatchObject({ size: 2n, root: older.root, previous: sealHash(older), commands: { count: 3n } });
  expect(readFileSync(sealFile, "utf8").trimEnd().split("\n")).toEqual((await seals()).map(sealLine));
  expect(await verify()).toMatchObject({ ok: true, commands: { checked: 3n, sealed: 3n } });
});

test("the next event is sealed behind both, and whoever follows the seals page by page sees each", async () => {
  await give(deposit(accountId, 1n), { runtime, actor });
  await sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile });
  await runOnce(runtime);
  expect(await verify()).toMatchObject({ ok: true, commands: { checked: 4n, sealed: 4n } });
  const all = (await seals()).map(sealLine);
  expect(all).toHaveLength(3);
  const first = publishedSeals(key, await sealsAfter(database.pool, bookId, 0n, 3), 1);
  expect(first).toMatchObject({ seals: all.slice(0, 2), next: "2" });
  expect(publishedSeals(key, await sealsAfter(database.pool, bookId, 2n, 3), 1)).toMatchObject({
    seals: all.slice(2),
    next: null,
  });
  expect(publishedSeals(key, await sealsAfter(database.pool, bookId, 0n, 4), 2)).toMatchObject({
    seals: all.slice(0, 2),
    next: "2",
  });
});

test("a command of before that is changed now is missed by that seal, and taking the seal away shows in the file", async () => {
  await database.owner.query("alter table commands disable trigger user; alter table seals disable trigger user");
  await database.owner.query(`update commands set versions = '{"acc_x": "7"}' where id = $1`, [done]);
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("one is not what was sealed") });
  await database.owner.query("update commands set versions = '{}' where id = $1", [done]);
  expect(await verify()).toMatchObject({ ok: true });
  await database.owner.query("delete from seals where size = 3; delete from seals where commands is not null");
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("knows a seal over 2 events") });
});
