import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "@/domain/access/policy";
import type { AccountId, EventName } from "@/domain/ids";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { newUserId } from "@/infra/ids";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { snapshotter } from "@/infra/snapshots/snapshotter";
import { forgeEvent } from "@/infra/testing/forge-event";
import { customer, deposit, give, openAccount, withdraw } from "@/infra/testing/test-bank";
import { type TestDatabase, testDatabase } from "@/infra/testing/test-database";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { eventDetail } from "@/infra/time-travel/event-detail";
import { timelinePage } from "@/infra/time-travel/timeline";
import { accountBalances } from "./account-balances/projection";
import { accountForViewer } from "./account-balances/queries";
import { accountEntries } from "./account-entries/projection";
import { advance } from "./advance";
import { exportLog } from "./export-log";
import { runOnce } from "./run-once";
import { verifyBook } from "./verify/verify-book";

let database: TestDatabase;
let runtime: Runtime;
let accountId: AccountId;
let other: AccountId;
const holder = customer();
const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };

beforeEach(async () => {
  database = await testDatabase();
  runtime = createRuntime({ urls: database.urls, keys: testSecrets });
  [accountId, other] = [await openAccount(runtime, holder), await openAccount(runtime, holder)];
  await give(deposit(accountId, 500n), { runtime, actor: holder });
  await give(deposit(other, 70n), { runtime, actor: holder });
});
afterEach(async () => {
  await runtime.close();
  await database.drop();
});

const amount = { minorUnits: "25", currency: "EUR" };

test("a deposit of version 1 stands as it was written, keeps its hash, and is read as one of which nobody asked how it came", async () => {
  await forgeEvent(database.owner, { streamId: accountId, type: "MoneyDeposited", schemaVersion: 1, data: { amount } });
  const before = await row(`${accountId}@3`);
  await give({ ...deposit(accountId, 75n), source: "salary" } as ReturnType<typeof deposit>, { runtime, actor: holder });
  await runOnce(runtime);

  expect(await row(`${accountId}@3`)).toEqual(before);
  expect(before).toMatchObject({ schema_version: 1, data: { amount } });
  expect(await row(`${accountId}@4`)).toMatchObject({ schema_version: 2, data: { source: "salary" } });
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
  expect((await accountForViewer(runtime.pool, holder, accountId))?.balance).toBe(600n);

  const detail = await eventDetail(runtime, auditor, accountId, 3);
  expect(detail?.internals).toMatchObject({
    stored: { schemaVersion: 1, event: { data: { source: "unknown" } } },
    storedData: { amount },
    liftedTo: 2,
  });
  expect(await eventDetail(runtime, auditor, accountId, 4)).toMatchObject({ internals: { liftedTo: null } });
});

/** Events that only a newer Daybook can have written. */
const newer: [string, { type: string; schemaVersion: number; data: object; metadata?: object }, string][] = [
  ["a type", { type: "AccountFrozen", schemaVersion: 1, data: { by: "court" } }, "AccountFrozen version 1"],
  ["a version", { type: "MoneyDeposited", schemaVersion: 9, data: { amount, purpose: "x" } }, "MoneyDeposited version 9"],
  [
    "metadata",
    { type: "MoneyDeposited", schemaVersion: 2, data: { amount, source: "cash" }, metadata: { v: "2", mood: "x" } },
    "metadata version 2",
  ],
];

test.each(newer)("%s of a newer build stops every reader at it, by name, and loses nothing", async (_, event, words) => {
  const name = await forgeEvent(database.owner, { streamId: accountId, ...event });
  const after = await give(deposit(other, 30n), { runtime, actor: holder });
  expect(after.kind).toBe("done");
  const said = new RegExp(`${name}\\b.*${words}.*this build \\(dev\\)`);
  const stops = async (work: () => Promise<unknown>) => {
    const error = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EventFromNewerBuild);
    expect(String(error)).toMatch(said);
  };

  for (const reader of [accountBalances, accountEntries, snapshotter]) {
    await advance(runtime, reader); // up to the event before it
    await stops(() => advance(runtime, reader));
    expect(await reached(reader.name)).toBe((await positionOf(name)) - 1n);
  }
  expect((await accountForViewer(runtime.pool, holder, accountId))?.balance).toBe(500n);

  const version = Number(name.split("@")[1]);
  await stops(() => accountAsOf(runtime, holder, { accountId, at: { kind: "event", version } }));
  await stops(() => accountAsOf(runtime, holder, { accountId, at: { kind: "time", t: new Date() } }));
  await stops(() => eventDetail(runtime, holder, accountId, version));
  const elsewhere = await accountAsOf(runtime, holder, {
    accountId: other,
    at: { kind: "position", position: await positionOf(name) },
  });
  expect(elsewhere).toMatchObject({ kind: "answer", state: { balance: 70n } }); // pinned to a place that it need not read
  const early = await timelinePage(runtime, holder, accountId, { order: "oldest", limit: 1 });
  expect(early).toMatchObject({ events: [{ version: 1, balanceAfter: 0n }], damage: null });
  const whole = await timelinePage(runtime, holder, accountId, { order: "newest", limit: 10 });
  const newest = { version, balanceAfter: null, damage: { name: "EventFromNewerBuild", message: expect.stringMatching(said) } };
  expect(whole?.events).toMatchObject([newest, { version: version - 1, balanceAfter: 500n }, { version: 1 }]); // all others are told
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: false, fault: expect.stringMatching(said) });
});

test("the executor decides nothing on an event of a newer build, whatever it had cached, and other accounts go on", async () => {
  const name = await forgeEvent(database.owner, { streamId: accountId, type: "AccountFrozen", schemaVersion: 1, data: {} });
  const before = await row(name);
  const given = [withdraw(accountId, 1n), deposit(other, 1n), deposit(accountId, 1n), deposit(other, 2n)];
  const outcomes = await Promise.all(given.map((command) => give(command, { runtime, actor: holder })));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["failed", "done", "failed", "done"]);
  expect(await row(name)).toEqual(before);
  const { rows } = await database.pool.query("select max(version) as head from events where stream_id = $1", [accountId]);
  expect(rows).toEqual([{ head: 3 }]);
});

test("an export of the log as it is stored holds the events of a newer build too", async () => {
  const name = await forgeEvent(database.owner, {
    streamId: accountId,
    type: "AccountFrozen",
    schemaVersion: 1,
    data: { by: "court" },
  });
  let text = "";
  for await (const { lines } of exportLog(runtime)) text += lines;
  const last = JSON.parse(text.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  expect(`${last.streamId}@${last.version}`).toBe(name);
  expect(last).toMatchObject({ type: "AccountFrozen", schemaVersion: "1", data: { by: "court" } });
});

async function row(name: EventName | string): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query("select * from events where stream_id || '@' || version = $1", [name]);
  return rows[0];
}

async function positionOf(name: EventName): Promise<bigint> {
  return (await row(name)).position as bigint;
}

async function reached(name: string): Promise<bigint | undefined> {
  const { rows } = await database.pool.query<{ position: bigint }>(
    "select position from projection_checkpoints where name = $1",
    [name],
  );
  return rows[0]?.position;
}
