import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AccountId } from "@/domain/ids";
import { testRuntime } from "@/infra/testing/test-runtime";
import { readBook } from "../book/book";
import { logger } from "../logging/logger";
import { createRuntime } from "../runtime";
import { customer, deposit, give, openAccount } from "../testing/test-bank";
import { testSecrets } from "../testing/test-secrets";
import { until } from "../testing/until";
import { growingTree } from "./merkle/growing-tree";
import { proveConsistency, proveInclusion } from "./proofs";
import { isSignedBy, parseSealLine, sealHash, sealLine } from "./seal";
import { sealKey } from "./seal-key";
import { sealOnce } from "./seal-once";
import { sealsAfter } from "./seal-rows";
import { sealStanding } from "./seal-standing";
import { startSealer } from "./sealer";
import { readLeaves } from "./stored-tree";

const { database, runtime } = await testRuntime();
let accountId: AccountId;
let bookId: string;
const actor = customer();
const folder = mkdtempSync(path.join(tmpdir(), "daybook-seals-"));
const file = path.join(folder, "deep/seals.txt");

beforeAll(async () => {
  accountId = await openAccount(runtime, actor);
  bookId = (await readBook(database.pool)).id;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
});

const seal = () => sealOnce({ pool: database.pools.sealer, keys: testSecrets, file });
const filed = () => readFileSync(file, "utf8").split("\n").slice(0, -1);

async function deposits(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => give(deposit(accountId, 1n), { runtime, actor })));
}

async function rootOfLog(size: bigint): Promise<Buffer> {
  const tree = growingTree();
  for (const leaf of await readLeaves(database.pool, { from: 0n, to: size })) tree.push(leaf);
  return tree.root();
}

async function asOwner(sql: string): Promise<void> {
  await database.owner.query(`alter table seals disable trigger user; alter table events disable trigger user; ${sql};
    alter table seals enable trigger user; alter table events enable trigger user`);
}

test("seals follow the log: each a signed root of all its events, naming the one before; the file has the same lines", async () => {
  for (const count of [0, 1, 60, 90, 90, 16, 90, 90, 80]) {
    await deposits(count);
    expect(await seal()).toMatchObject({ kind: "sealed", more: false });
    expect(await seal()).toMatchObject({ kind: "level" });
  }
  const seals = await sealsAfter(database.pool, bookId, 0n, 100);
  let previous = Buffer.alloc(32);
  for (const one of seals) {
    expect(one.root.equals(await rootOfLog(one.size)), `size ${one.size}`).toBe(true);
    expect(isSignedBy(one, sealKey(testSecrets.seal).publicKey)).toBe(true);
    expect(one.previous.equals(previous)).toBe(true);
    previous = Buffer.from(sealHash(one));
  }
  expect(seals.map(({ size }) => size)).toEqual([1n, 2n, 62n, 152n, 242n, 258n, 348n, 438n, 518n]);
  expect(filed()).toEqual(seals.map(sealLine));
  expect(await sealStanding(database.pool)).toMatchObject({ head: 518n, sealed: 518n, unsealed: 0n });
});

test("every event is proved by the first seal over it, and every seal continues every older one, also without stored subtrees", async () => {
  const { rows } = await database.pool.query(
    `select position, recorded_at as "recordedAt", hash from events where position in (1, 2, 61, 255, 256, 257, 400, 512, 513, 518)`,
  );
  for (let round = 0; round < 2; round++) {
    for (const event of rows) {
      const proof = await proveInclusion(database.pool, bookId, event);
      expect(proof?.index).toBe(event.position - 1n);
      expect(proof?.seal.size).toBeGreaterThanOrEqual(event.position);
    }
    for (const from of [1n, 2n, 62n, 258n, 518n])
      for (const to of [258n, 518n])
        expect(await proveConsistency(database.pool, bookId, from, to)).toEqual(from <= to ? expect.anything() : undefined);
    await database.owner.query("delete from seal_subtrees"); // a cache: the second round computes them again
  }
  expect(await proveConsistency(database.pool, bookId, 3n, 518n)).toBeUndefined();
});

test("nobody changes a seal, and one that does not follow the last is refused", async () => {
  for (const sql of ["update seals set root = root", "delete from seals", "truncate seals"]) {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: "42501" });
    await expect(database.owner.query(sql)).rejects.toMatchObject({ code: "DB001" });
  }
  await expect(database.pool.query("insert into seals select * from seals")).rejects.toMatchObject({ code: "42501" });
  const like = (size: string, previous: string) =>
    database.pools.sealer.query(`select append_seal(${size}, s.root, s.sealed_at, s.key_id, ${previous}, s.hash, s.signature, s.commands, s.commands_hash)
      from seals s order by s.size desc limit 1`);
  await deposits(2);
  await expect(like("s.size", "s.hash")).rejects.toMatchObject({ code: "DB004" });
  await expect(like("s.size + 1", "s.root")).rejects.toMatchObject({ code: "DB004" });
  await expect(like("s.size + 1000", "s.hash")).rejects.toMatchObject({ code: "DB004" });
});

test("a line that a crash cut short is written again whole", async () => {
  await seal();
  const whole = filed();
  writeFileSync(file, `${whole.slice(0, -1).join("\n")}\n${whole.at(-1)?.slice(0, 100)}`);
  await seal();
  expect(filed()).toEqual(whole);
});

test("four sealers at once make one chain, at most one seal a pace", async () => {
  await deposits(5);
  const target = { pool: database.pools.sealer, keys: testSecrets, file };
  const steps = await Promise.all(Array.from({ length: 4 }, () => sealOnce(target, { paceMs: 3_600_000 })));
  for (const { kind } of steps) expect(["early", "busy"]).toContain(kind);
  const again = await Promise.all(Array.from({ length: 4 }, () => sealOnce(target)));
  expect(again.filter(({ kind }) => kind === "sealed")).toHaveLength(1);
  expect(await sealStanding(database.pool)).toMatchObject({ unsealed: 0n });
});

test("the background sealer seals what comes, until the runtime closes", async () => {
  const own = createRuntime({ urls: database.urls, keys: testSecrets });
  startSealer(own, file, { paceMs: 0, lookMs: 20 });
  await deposits(3);
  const { position } = await give(deposit(accountId, 5n), { runtime, actor }).then((done) =>
    done.kind === "done" ? done : Promise.reject(new Error(done.kind)),
  );
  await expect.poll(async () => (await sealStanding(database.pool)).sealed).toBe(position);
  await expect.poll(() => parseSealLine(filed().at(-1) ?? "").size).toBe(position);
  await own.close();
});

test("a sealer that finds much to do, after a stop, is level without waiting for its pace or its next look", async () => {
  await seal();
  await deposits(75);
  const own = createRuntime({ urls: database.urls, keys: testSecrets });
  startSealer(own, file, { paceMs: 1, lookMs: 3_600_000, eventsMax: 10n });
  await until("all is sealed", async () => (await sealStanding(database.pool)).unsealed === 0n);
  const seals = await sealsAfter(database.pool, bookId, 0n, 100);
  expect(seals.slice(-7).map(({ size }, i, all) => (i === 0 ? 10n : size - (all[i - 1]?.size ?? 0n)))).toEqual([
    ...Array(6).fill(10n),
    5n,
  ]);
  await own.close();
});

test("what came since the last seal is sealed on the way out, however young that one is", async () => {
  const own = createRuntime({ urls: database.urls, keys: testSecrets });
  await deposits(1);
  startSealer(own, file, { paceMs: 0, lookMs: 3_600_000 });
  await until("all is sealed", async () => (await sealStanding(database.pool)).unsealed === 0n);
  await deposits(3);
  expect(await sealStanding(database.pool)).toMatchObject({ unsealed: 3n });
  await own.close();
  expect(await sealStanding(database.pool)).toMatchObject({ unsealed: 0n });
  expect(parseSealLine(filed().at(-1) ?? "").size).toBe((await sealStanding(database.pool)).head);
});

test("a seal file that was deleted, emptied or cut is made whole again, and the sealer says so in one line of its log", async () => {
  await seal();
  const whole = readFileSync(file, "utf8");
  const count = filed().length;
  expect(await seal()).toMatchObject({ kind: "level", refiled: 0 });
  writeFileSync(file, "");
  expect(await seal()).toMatchObject({ kind: "level", refiled: count });
  writeFileSync(file, whole.slice(0, whole.indexOf("\n") + 1));
  expect(await seal()).toMatchObject({ kind: "level", refiled: count - 1 });

  rmSync(file);
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const own = createRuntime({ urls: database.urls, keys: testSecrets });
  startSealer(own, file, { paceMs: 0, lookMs: 20 });
  await until("the file is back", () => existsSync(file) && readFileSync(file, "utf8") === whole);
  await deposits(1);
  await until("all is sealed", async () => (await sealStanding(database.pool)).unsealed === 0n);
  await own.close();
  expect(warn.mock.calls).toEqual([[{ seals: count, file }, expect.stringContaining("for them it is no witness")]]);
  warn.mockRestore();
});

test("over another history, or past a file that knows more, nothing is signed", async () => {
  await deposits(1);
  const kept = readFileSync(file, "utf8");
  await asOwner(
    "update events set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where position = (select max(size) from seals)",
  );
  await expect(seal()).rejects.toThrow(/are not those that were sealed/);
  await asOwner(
    "update events set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where position = (select max(size) from seals)",
  );

  await asOwner("create table taken as select * from seals; delete from seals where size = (select max(size) from seals)");
  await expect(seal()).rejects.toThrow(/knows a seal over \d+ events that the database does not have/);
  await asOwner("delete from seals; insert into seals select * from taken");

  writeFileSync(
    file,
    kept.replaceAll(
      bookId,
      bookId.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
    ),
  );
  await expect(seal()).rejects.toThrow(/seals of another book/);
  writeFileSync(file, kept);

  await asOwner("create table gone as select * from events; delete from events where position > 500");
  await expect(seal()).rejects.toThrow(/events are missing/);
  await asOwner("insert into events select * from gone where position > 500");
  expect(await seal()).toMatchObject({ kind: "sealed" });
});
