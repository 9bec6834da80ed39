import { beforeAll, beforeEach, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { readableOnly } from "@/infra/rows/unreadable-row";
import { cutPoints } from "@/infra/testing/cut-at";
import { forgeEvent } from "@/infra/testing/forge-event";
import { poolCutAt } from "@/infra/testing/pool-cut-at";
import { deposit, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountEntries } from "../account-entries/projection";
import { advance } from "../advance";
import type { LogReader } from "../log-reader";
import { logReaders } from "../registry";
import { makeHistory, type TestHistory } from "../test-history";
import { parkedAccounts } from "./parked-accounts";
import { retryParked } from "./retry-parked";
import { failingAt, isEvent } from "./testing/failing-fold";
import { rowsOf, startOver } from "./testing/reader-rows";

const { database, runtime } = await testRuntime();
let history: TestHistory;
let guilty: AccountId;
const badAt = 100; // where a snapshot is due as well
const lateAt = 200;

beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 3, commands: 500, seed: 8 });
  guilty = history.accounts[0] as AccountId; // the busiest
});
beforeEach(async () => {
  for (const reader of logReaders) await startOver(database.owner, reader);
});

async function drain(reader: LogReader): Promise<void> {
  let step = await advance(runtime, reader);
  while (step.kind === "applied") step = await advance(runtime, reader);
  expect(step.kind).toBe("level");
}

/** What the reader makes of the whole log where nothing fails. */
async function whole(reader: LogReader) {
  await startOver(database.owner, reader);
  await drain(reader);
  return rowsOf(database.pool, reader);
}

const retry = (reader: LogReader, more: { chunkMax?: number } = {}) =>
  retryParked(runtime, { reader: reader.name, accountId: guilty }, { readers: [reader], ...more });

for (const reader of logReaders)
  test(`${reader.name}: once the fold is mended, a retry makes it the fold of the log, and the account goes on with the others`, async () => {
    await drain(failingAt(reader, isEvent(guilty, badAt)));
    await give(deposit(guilty, 5n), { runtime, actor: history.actor }); // what is decided does not stand on a read model
    await drain(failingAt(reader, isEvent(guilty, badAt)));
    const [parked] = await parkedAccounts(runtime.pool);
    const { rows } = await database.pool.query("select max(version) as last from events where stream_id = $1", [guilty]);
    expect(parked).toMatchObject({ reader: reader.name, version: badAt, attempts: 1, waiting: rows[0].last - badAt + 1 });

    expect(await retry(reader, { chunkMax: 30 })).toEqual({ kind: "posted", events: rows[0].last - badAt + 1 });
    expect(await parkedAccounts(runtime.pool)).toEqual([]);
    await give(deposit(guilty, 5n), { runtime, actor: history.actor });
    await drain(reader);
    const retried = await rowsOf(database.pool, reader);
    expect(retried).toEqual(await whole(reader));
  });

test("a retry that fails again is counted and holds the account where it now fails, never behind that", async () => {
  const isBad = (version: number) => version === badAt || version === lateAt;
  await drain(failingAt(accountEntries, ({ streamId, version }) => streamId === guilty && isBad(version)));
  expect(await retry(failingAt(accountEntries, isEvent(guilty, badAt)))).toEqual({
    kind: "held",
    version: badAt,
    error: "this fold cannot",
    events: 0,
  });
  const later = failingAt(accountEntries, isEvent(guilty, lateAt));
  expect(await retry(later, { chunkMax: 30 })).toMatchObject({ kind: "held", version: lateAt, events: lateAt - badAt });
  expect(await parkedAccounts(runtime.pool)).toMatchObject([{ version: lateAt, attempts: 3, error: "this fold cannot" }]);
  const entries = (await rowsOf(database.pool, accountEntries)).filter(({ account }) => account === guilty);
  expect(entries.map(({ version }) => version)).toEqual(Array.from({ length: lateAt - 1 }, (_, i) => i + 1));
  expect(await retry(accountEntries)).toMatchObject({ kind: "posted" });
  expect(await retry(accountEntries)).toEqual({ kind: "not_held", events: 0 });
});

test("cut before or after any of its statements, in a step that parks or in a retry, nothing is lost", async () => {
  const expected = await whole(accountEntries);
  const failing = failingAt(accountEntries, isEvent(guilty, badAt));
  await startOver(database.owner, accountEntries);
  const { pool, fault } = poolCutAt(database.pools.projector, undefined);
  await advance({ pools: { projector: pool }, keys: runtime.keys }, failing);
  const parking = cutPoints(fault.statements).filter((_, i) => i % 13 === 0); // of some hundred
  const held = await rowsOf(database.pool, accountEntries);
  for (const { words, ...point } of parking) {
    await startOver(database.owner, accountEntries);
    const cut = poolCutAt(database.pools.projector, point);
    await expect(advance({ pools: { projector: cut.pool }, keys: runtime.keys }, failing)).rejects.toThrow(
      "Connection terminated",
    );
    await whenFree(() => drain(failing));
    expect(await rowsOf(database.pool, accountEntries), words).toEqual(held);
    expect(await parkedAccounts(runtime.pool), words).toMatchObject([{ accountId: guilty, version: badAt, attempts: 1 }]);
  }

  const probe = poolCutAt(database.pools.projector, undefined);
  await retryParked(
    { pools: { projector: probe.pool }, keys: runtime.keys },
    { reader: accountEntries.name, accountId: guilty },
    { chunkMax: 100 },
  );
  expect(await rowsOf(database.pool, accountEntries)).toEqual(expected);
  for (const { words, ...point } of cutPoints(probe.fault.statements)) {
    await startOver(database.owner, accountEntries);
    await drain(failing);
    const cut = poolCutAt(database.pools.projector, point);
    const asked = { reader: accountEntries.name, accountId: guilty };
    await expect(retryParked({ pools: { projector: cut.pool }, keys: runtime.keys }, asked, { chunkMax: 100 })).rejects.toThrow(
      "Connection",
    );
    await retry(accountEntries);
    expect(await rowsOf(database.pool, accountEntries), words).toEqual(expected);
  }
});

/** The server has not noticed yet that the other end is gone. */
async function whenFree(work: () => Promise<void>): Promise<void> {
  await database.owner.query("set lock_timeout = '10s'; select from projection_checkpoints for update; reset lock_timeout");
  await work();
}

test("events that are appended and followed while a retry goes on are not forgotten", async () => {
  await drain(failingAt(accountEntries, isEvent(guilty, badAt)));
  let going = true;
  const appends = (async () => {
    while (going) {
      await give(deposit(guilty, 1n), { runtime, actor: history.actor });
      await advance(runtime, accountEntries);
    }
  })();
  expect(await retry(accountEntries, { chunkMax: 7 })).toMatchObject({ kind: "posted" });
  going = false;
  await appends;
  await drain(accountEntries);
  const raced = await rowsOf(database.pool, accountEntries);
  expect(raced).toEqual(await whole(accountEntries));
});

test("a retry by an older build stops before an event of a newer one, also where a newer process has passed it", async () => {
  await drain(failingAt(accountEntries, isEvent(guilty, badAt)));
  const name = await forgeEvent(database.owner, { streamId: guilty, type: "AccountFrozen", schemaVersion: 1, data: {} });
  await database.owner.query(
    "update projection_checkpoints set position = (select max(position) from events), recorded_at = null where name = 'account_entries'",
  );
  await expect(retry(accountEntries)).rejects.toThrow(EventFromNewerBuild);
  const [parked] = readableOnly(await parkedAccounts(runtime.pool, { reader: "account_entries" }));
  expect(`${parked?.accountId}@${parked?.version}`).toBe(name);
  const entries = (await rowsOf(database.pool, accountEntries)).filter(({ account }) => account === guilty);
  expect(entries.at(-1)?.version).toBe((parked?.version ?? 0) - 1);
});
