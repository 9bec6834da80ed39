import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { newAccountId } from "../ids";
import { openFindings } from "../review/findings";
import { createRuntime } from "../runtime";
import { appendForged, type Forgery } from "../testing/append-forged";
import { customer, deposit, give, openAccount, withdraw } from "../testing/test-bank";
import { testDatabase } from "../testing/test-database";
import { testSecrets } from "../testing/test-secrets";
import { until } from "../testing/until";
import { createSealCourse } from "./seal-course";
import { sealOnce } from "./seal-once";
import { sealStanding } from "./seal-standing";

// Whoever has the application's role can append what he likes. The sealer believes nothing of it.
const folder = mkdtempSync(path.join(tmpdir(), "daybook-forged-"));
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

async function bank() {
  const database = await testDatabase();
  const runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  closing.push(async () => {
    await runtime.close();
    await database.drop();
  });
  const actor = customer();
  const [victim, other] = [await openAccount(runtime, actor), await openAccount(runtime, actor)];
  for (const id of [victim, other]) await give(deposit(id, 5_000n), { runtime, actor });
  const file = path.join(folder, `${victim}.txt`);
  const seal = (course = createSealCourse()) => sealOnce({ pool: database.pools.sealer, keys: testSecrets, file }, {}, course);
  await seal();
  return { database, runtime, actor, victim, other, seal };
}

const forgeries: readonly (readonly [name: string, forgery: Forgery, what: RegExp])[] = [
  ["a hash that follows from nothing", { hash: "ab".repeat(32) }, /^its hash is "abab.*", and should be/],
  ["a gap of a thousand versions", { versionsAhead: 1_000 }, /^the version before it is 1$/],
  ["no command", { command: null }, /^its command cmd_\w+ is in no row of commands$/],
  [
    "the word imported",
    { metadata: { imported: "yes" } },
    /^says that it was imported, and was recorded after imports had ended/,
  ],
  [
    "an effect in 2099",
    { effectiveAt: "2099-01-01T00:00:00.000Z" },
    /^takes effect at 2099-01-01T00:00:00.000Z, which no command/,
  ],
  ["an effect in the past", { effectiveAt: "2001-01-01T00:00:00.000Z" }, /^takes effect at 2001/],
  [
    "a decision in 2099",
    { metadata: { decidedAt: "2099-01-01T00:00:00.000Z", bankDate: "2099-01-01" }, command: { da: "2099-01-01T00:00:00.000Z" } },
    /^was decided at 2099-01-01T00:00:00.000Z, after it was recorded/,
  ],
  [
    "the bank date of another year",
    { metadata: { bankDate: "2031-01-01" } },
    /^has the bank date 2031-01-01, and was decided at/,
  ],
  ["a command that says another amount", { command: { i: {} } }, /was for another account, says its row$/],
  ["a command of another actor", { command: { actor: customer().userId } }, /is in no row of commands$/],
  [
    "a command that was refused",
    { command: { o: { ok: "no", refusal: { code: "account_closed" } } } },
    /was refused, says its row$/,
  ],
  ["a command that names no events", { command: { o: { ok: "yes" } } }, /caused other events, says its row$/],
  ["a command that stands elsewhere", { command: { p: 0 } }, /was decided before this position, says its row$/],
  ["a command of another kind", { command: { t: "WithdrawMoney" } }, /asked for something else, says its row$/],
  [
    "a number in its data",
    { data: { amount: { minorUnits: 100, currency: "EUR" }, source: "cash" }, hash: "00".repeat(32) },
    /No canonical JSON for a number/,
  ],
  ["data of no known shape", { data: { amount: "much" } }, /has not the shape of its version$/],
  ["metadata of no known shape", { metadata: { role: "god" } }, /has not the shape of its version$/],
];

const shared = await bank();
const course = createSealCourse();
let firstForged: bigint | undefined;

test.each(forgeries)("%s is never sealed, is named, and closes its account alone", async (_, forgery, what) => {
  const { database, runtime, actor, other, seal } = shared;
  const victim = await openAccount(runtime, actor);
  const forged = await appendForged(database.pools.writer, victim, forgery);
  firstForged ??= forged.position;
  await give(deposit(other, 1n), { runtime, actor });

  const { found } = await seal(course);
  expect(found.filter(({ event }) => event)).toMatchObject([
    { what: expect.stringMatching(what), event: { streamId: victim, ...forged } },
  ]);
  expect(await seal(course)).toMatchObject({ kind: "stopped", found: [] });
  await until("the account is closed", async () => {
    const outcome = await give(withdraw(victim, 1n), { runtime, actor });
    return outcome.kind === "refused" && outcome.refusal.code === "account_under_review";
  });
  expect(await give(deposit(other, 2n), { runtime, actor })).toMatchObject({ kind: "done" });
  expect(await sealStanding(database.pool)).toMatchObject({
    sealed: firstForged - 1n,
    stopped: { position: firstForged, place: expect.stringContaining(` at position ${firstForged}`) },
  });
});

test("an account that no command opened is found and closed", async () => {
  const { database, seal } = await bank();
  const nowhere = newAccountId();
  const { position } = await appendForged(database.pools.writer, nowhere, { command: null });
  expect((await seal()).found).toMatchObject([{ event: { streamId: nowhere, version: 1, position } }]);
});

test("what is forged behind a fault is found as well, in every account, though nothing there is sealed", async () => {
  const { database, victim, other, seal } = await bank();
  const course = createSealCourse();
  await appendForged(database.pools.writer, victim, { command: null });
  expect((await seal(course)).found).toHaveLength(1);
  await appendForged(database.pools.writer, other, { hash: "cd".repeat(32) });
  expect((await seal(course)).found).toMatchObject([{ event: { streamId: other } }]);
  expect(await openFindings(database.pool)).toMatchObject([{ streamId: victim }, { streamId: other }]);
});

test("a command's row without its event is never sealed", async () => {
  const { database, victim, seal } = await bank();
  const { position } = await appendForged(database.pools.writer, victim, { command: { p: 9 } });
  expect((await seal()).found.map(({ what }) => what)).toEqual([
    `stands at position ${position + 8n}, which the log does not have`,
    expect.stringMatching(new RegExp(`ended at position ${position + 8n}, says its row$`)),
  ]);
  expect((await sealStanding(database.pool)).sealed).toBe(position - 1n);
});

test("an account under review stays closed after a restart, in every process, and its refusal is stored like any other", async () => {
  const { database, runtime, actor, victim, seal } = await bank();
  await appendForged(database.pools.writer, victim, { type: "MoneyDeposited", data: { amount: "much" } }); // not even readable
  await seal();
  for (const _ of [1, 2]) {
    const another = createRuntime({ urls: database.urls, keys: testSecrets });
    const outcome = await give(withdraw(victim, 1n), { runtime: another, actor });
    expect(outcome).toMatchObject({ kind: "refused", refusal: { code: "account_under_review" } });
    await another.close();
  }
  const { rows } = await database.pool.query(
    "select count(*)::int as count from commands where outcome -> 'refusal' ->> 'code' = 'account_under_review' and account_ids = array[$1]",
    [victim],
  );
  expect(rows).toEqual([{ count: 2 }]);
  const stranger = customer();
  expect(await give(withdraw(victim, 1n), { runtime, actor: stranger })).toEqual({ kind: "not_found" });
});

test("an event of a newer build is no fault: what comes before it is sealed, and nobody is closed", async () => {
  const { database, victim, seal } = await bank();
  const { position } = await appendForged(database.pools.writer, victim, { schemaVersion: 99 });
  expect(await seal()).toMatchObject({ kind: "stopped", found: [] });
  expect(await sealStanding(database.pool)).toMatchObject({ sealed: position - 1n, stopped: null });
  expect(await openFindings(database.pool)).toEqual([]);
});

test("an account that was closed cannot be opened again by the application's role", async () => {
  const { database, victim, seal } = await bank();
  await appendForged(database.pools.writer, victim, { command: null });
  await seal();
  for (const sql of [
    "update findings set closed_at = now()",
    "delete from findings",
    "truncate findings",
    "insert into findings (found_at, seen_at, found_by, place, what) values (now(), now(), 'sealer', 'x', 'y')",
  ])
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code: "42501" });
  for (const sql of ["update findings set what = ''", "delete from findings", "truncate findings"])
    await expect(database.owner.query(sql)).rejects.toMatchObject({ code: "DB001" });
  await database.pools.sealer.query("select close_findings_unseen(now() + interval '1 day', 'sealer')");
  expect(await openFindings(database.pool)).toMatchObject([{ streamId: victim as AccountId }]);
});
