import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readBook } from "@/infra/book/book";
import { transaction } from "@/infra/postgres/transaction";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { sealOnce } from "@/infra/seals/seal-once";
import { readLeafRows } from "@/infra/seals/stored-tree";
import { deposit, give } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { makeHistory, type TestHistory } from "../test-history";
import { createSealCheck, type SealProgress } from "./check-seals";
import { verifyBook } from "./verify-book";

let database: TestDatabase;
let runtime: Runtime;
let history: TestHistory;
let folder: string;
let sealFile: string;

beforeEach(async () => {
  database = await testDatabase();
  runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  history = await makeHistory(runtime, { accounts: 2, commands: 40, seed: 5 });
  folder = mkdtempSync(path.join(tmpdir(), "daybook-verify-"));
  sealFile = path.join(folder, "seals.txt");
  await seal();
  await depositOnce();
  await seal();
});
afterEach(async () => {
  await runtime.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const seal = () => sealOnce({ pool: database.pools.sealer, keys: testSecrets, file: sealFile });
const verify = () => verifyBook(runtime, () => {}, { sealFile });

async function depositOnce(): Promise<void> {
  const [accountId] = history.accounts;
  if (!accountId) throw new Error("no account");
  expect(await give(deposit(accountId, 9n), { runtime, actor: history.actor })).toMatchObject({ kind: "done" });
}

/** As nobody may: the owner, with the triggers off. */
async function forge(sql: string): Promise<void> {
  await database.owner.query(`alter table seals disable trigger user; alter table events disable trigger user; ${sql}`);
}

/** In the newest seal; a second time puts it right again. */
const flipByteOf = (column: "signature" | "root") =>
  forge(
    `update seals set ${column} = set_byte(${column}, 3, get_byte(${column}, 3) # 1) where size = (select max(size) from seals)`,
  );

test("of a sealed book the sealed events are counted, and what came later is not", async () => {
  const before = await verify();
  expect(before).toMatchObject({ ok: true, sealed: before.events });
  await depositOnce();
  expect(await verify()).toMatchObject({ ok: true, events: before.events + 1n, sealed: before.sealed });
});

test("a changed signature, a changed root and a seal taken away are found and named", async () => {
  await flipByteOf("signature");
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("its signature") });
  await flipByteOf("signature");
  expect(await verify()).toMatchObject({ ok: true });
  await flipByteOf("root");
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("its signature") });
  await flipByteOf("root");
  await forge("delete from seals where size = (select min(size) from seals)");
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("does not name the seal before it") });
});

test("the last event dropped is noticed by its seal, and together with its seal by the file", async () => {
  await forge("delete from events where position = (select max(position) from events)");
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("events are missing") });
  await forge("delete from seals where size = (select max(size) from seals)");
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringMatching(/seals\.txt: knows a seal over \d+ events/) });
});

test("a line of the file that is not the seal in its place is found", async () => {
  const lines = readFileSync(sealFile, "utf8").split("\n");
  writeFileSync(sealFile, [lines[1], lines[0], ""].join("\n"));
  expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("has another line in its place") });
});

test("without a seal file, or with an empty one, an old book is sound and has no witness outside the database", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 }); // seals this old must be in a file that is there
  try {
    const whole = readFileSync(sealFile, "utf8");
    expect(await verify()).toMatchObject({ ok: true, filed: true });
    for (const nothing of ["", "\n", "\r\n \n", "\uFEFF"]) {
      writeFileSync(sealFile, nothing);
      expect(await verify(), JSON.stringify(nothing)).toMatchObject({ ok: true, filed: false });
    }
    rmSync(sealFile);
    expect(await verify()).toMatchObject({ ok: true, filed: false });
    writeFileSync(sealFile, whole.slice(0, whole.indexOf("\n") + 1));
    expect(await verify()).toMatchObject({ ok: false, fault: expect.stringContaining("is not in") });
  } finally {
    vi.useRealTimers();
  }
});

test("a check in steps goes on where the file went away and came back between two of them", async () => {
  await depositOnce();
  await seal();
  const { id } = await readBook(database.pool);
  const away = `${sealFile}.away`;
  let progress: SealProgress | undefined;
  async function step() {
    const check = await createSealCheck(database.pool, id, testSecrets.seal, sealFile, progress);
    const from = BigInt(progress?.size ?? 0n);
    const seals = await database.pool.query<{ size: bigint }>("select size from seals where size > $1 order by size limit 1", [
      from,
    ]);
    await transaction(database.pool, async (db) =>
      check.follow(db, await readLeafRows(db, { from, to: seals.rows[0]?.size ?? from })),
    );
    progress = check.progress();
    return check;
  }
  expect((await step()).isFiled).toBe(true);
  renameSync(sealFile, away);
  expect((await step()).isFiled).toBe(false);
  renameSync(away, sealFile);
  const last = await step();
  expect(last.isFiled).toBe(true);
  expect(progress).toMatchObject({ filed: 3, size: last.sealed.toString() });
  await last.end(database.pool);
});
