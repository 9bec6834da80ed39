import { beforeAll, beforeEach, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import { openFindings } from "@/infra/review/findings";
import { isUnreadableRow, readableOnly } from "@/infra/rows/unreadable-row";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { bookHealthOf, sealingStopped } from "./book-health";
import { healthOf } from "./health";
import { metricsText } from "./metrics";
import { parkedAccounts } from "./parked/parked-accounts";
import { retryParked } from "./parked/retry-parked";
import { rebuildsUnderWay } from "./rebuild-beside/state";
import { logReaders } from "./registry";
import { runOnce } from "./run-once";

// What operators look at is there when they need it most: a row that cannot be shown costs them that row alone.

const { database, runtime } = await testRuntime();
const holder = customer();
const accounts: AccountId[] = [];
const tables = ["findings", "parked_accounts", "rebuilds", "projection_checkpoints", "book_verifications"] as const;

async function asOwner(sql: string, values: unknown[] = []): Promise<void> {
  await database.owner.query(sql, values);
}

beforeAll(async () => {
  for (const _ of [1, 2]) {
    const id = await openAccount(runtime, holder);
    accounts.push(id);
    await give(deposit(id, 5n), { runtime, actor: holder });
  }
  await runOnce(runtime);
  await asOwner("alter table findings disable trigger user");
  await asOwner("alter table rebuilds drop constraint rebuilds_status, drop constraint rebuilds_purpose");
  for (const [i, id] of accounts.entries()) {
    await asOwner("select record_finding('verify', $1, 'odd', $2, 1, $3)", [`event ${id}@1`, id, i + 1]);
    await asOwner(
      `insert into parked_accounts (reader, account_id, version, position, error, parked_at, attempts, last_tried_at)
       select 'activity', e.stream_id, e.version, e.position, 'odd', now(), 1, now() from events e where e.stream_id = $1 and e.version = 2`,
      [id],
    );
  }
  for (const name of ["account_balances", "activity"])
    await asOwner(
      `insert into rebuilds (projection, purpose, status, revision, workers, target, done, events_per_second, accept, indexed, asked_by, started_at, updated_at)
       values ($1, 'rebuild', 'running', 1, 1, 4, 2, 10, false, false, 'terminal', now(), now())`,
      [name],
    );
  await asOwner(
    "insert into book_verifications (finished_at, took_ms, sound, head, sealed) values (date_trunc('milliseconds', now()), 1, true, 4, 4)",
  );
  for (const table of tables) await asOwner(`create table sound_${table} as select * from ${table}`);
});

beforeEach(async () => {
  for (const table of tables) {
    await asOwner(`delete from ${table}`);
    await asOwner(`insert into ${table} overriding system value select * from sound_${table}`);
  }
});

test.each([
  ["found_at", "found_at = 'infinity'"],
  ["seen_at", "seen_at = '-infinity'"],
  ["accepted_at", "accepted_at = '294000-01-01'"],
  ["stream_id", "stream_id = 'nobody'"],
  ["version", "version = 0"],
])("a finding with a spoilt %s stands among the others, and still needs attention: %s", async (column, set) => {
  await asOwner(`update findings set ${set} where position = 1`);
  const findings = await openFindings(runtime.pool);
  expect(findings).toMatchObject([
    { kind: "unreadable_row", id: "1", column },
    { streamId: accounts[1], what: "odd" },
  ]);
  await asOwner("update findings set closed_at = now() where position = 2");
  const book = await bookHealthOf(runtime.pool);
  expect([book.findings.length, book.needsAttention]).toEqual([1, true]);
  expect(sealingStopped(book) === undefined).toBe(column === "accepted_at"); // accepted, whenever that was
  expect(await metricsText(runtime)).toContain("daybook_findings_open 1");
});

test.each([
  ["account_id", "account_id = 'nobody'"],
  ["version", "version = -2147483648"],
  ["version", "version = 2147483647"],
  ["position", "position = 0"],
  ["parked_at", "parked_at = 'infinity'"],
  ["attempts", "attempts = 0"],
  ["last_tried_at", "last_tried_at = '-infinity'"],
])("a held account with a spoilt %s stands among the others: %s", async (column, set) => {
  const [spoilt = "", other] = accounts;
  await asOwner(`update parked_accounts set ${set} where account_id = $1`, [spoilt]);
  const held = await parkedAccounts(runtime.pool);
  const id = `activity, ${column === "account_id" ? "nobody" : spoilt}`;
  expect(held.filter(isUnreadableRow)).toMatchObject([{ id, column }]);
  expect(readableOnly(held)).toMatchObject([{ accountId: other, version: 2, waiting: 1 }]);
  expect(await retryParked(runtime, { reader: "activity", accountId: other as AccountId })).toMatchObject({ kind: "posted" });
});

test.each([
  ["status", "status = 'paused by a newer build'"],
  ["purpose", "purpose = 'other'"],
  ["events_per_second", "events_per_second = 'NaN'"],
  ["events_per_second", "events_per_second = 'Infinity'"],
  ["started_at", "started_at = 'infinity'"],
  ["updated_at", "updated_at = 'infinity'"],
  ["finished_at", "finished_at = '-infinity'"],
])("a rebuild with a spoilt %s stands among the others: %s", async (column, set) => {
  await asOwner(`update rebuilds set ${set} where projection = 'activity'`);
  const rebuilds = await rebuildsUnderWay(runtime.pool);
  expect(rebuilds.filter(isUnreadableRow)).toMatchObject([{ id: "activity", column }]);
  expect(readableOnly(rebuilds)).toMatchObject([{ projection: "account_balances", status: "running", msLeft: 200 }]);
  expect(await metricsText(runtime)).toContain('daybook_rebuild_done_events{projection="account_balances"} 2');
});

test("a rebuild with more to do than a number can hold is told all the same", async () => {
  await asOwner("update rebuilds set target = 9223372036854775807, done = -9223372036854775807 where projection = 'activity'");
  expect(readableOnly(await rebuildsUnderWay(runtime.pool))).toHaveLength(2);
});

test.each([
  ["recorded_at", "recorded_at = 'infinity'"],
  ["updated_at", "updated_at = '-infinity'"],
  ["updated_at", "updated_at = '294000-01-01'"],
])("a reader with a spoilt %s is told among the others, whose figures stand: %s", async (column, set) => {
  await asOwner(`update projection_checkpoints set ${set} where name = 'activity'`);
  const { projections } = await healthOf(runtime, { readers: logReaders });
  expect(projections.map(({ name, position, spoilt }) => [name, position, spoilt?.column])).toEqual(
    logReaders.map(({ name }) => [name, 4n, name === "activity" ? column : undefined]),
  );
  expect(await metricsText(runtime)).toContain('daybook_projection_position{projection="activity"} 4');
});

test("a single figure whose time cannot be shown is told without it", async () => {
  await asOwner("update book_verifications set finished_at = 'infinity'");
  expect((await bookHealthOf(runtime.pool)).verification).toMatchObject({ sound: true, finishedAt: null });
  await asOwner("update findings set found_at = 'infinity' where position = 1");
  const book = await bookHealthOf(runtime.pool);
  expect(book.seals.stopped).toMatchObject({ id: "1", since: null });
  expect(sealingStopped(book)).toContain("since an unknown time");

  await asOwner("alter table events disable trigger user");
  await asOwner("update events set recorded_at = 'infinity' where position = 4");
  expect(await logHead(runtime.pool)).toEqual({ position: 4n, recordedAt: null, finalBefore: null });
  expect((await healthOf(runtime)).log).toMatchObject({ position: 4n, recordedAt: null });
});
