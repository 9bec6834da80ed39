import { beforeAll, expect, test } from "vitest";
import { logHead } from "@/infra/event-log/read";
import { createRuntime } from "@/infra/runtime";
import { waitMsMax } from "@/infra/testing/patience";
import { deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { advance } from "./advance";
import { caughtUp } from "./caught-up";
import type { LogReader } from "./log-reader";
import { logReaders, projectionNames } from "./registry";
import { runOnce } from "./run-once";
import { startRunner } from "./runner";
import { makeHistory, type TestHistory } from "./test-history";

const { database, runtime } = await testRuntime();
let history: TestHistory;
const marker = "marker-7f3a Größe";

beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 6, commands: 1_400, seed: 11 });
  await give(deposit(history.accounts[0] ?? fail(), 5n, marker), { runtime, actor: history.actor });
});

function fail(): never {
  throw new Error("no such account");
}

async function tables(): Promise<Record<string, unknown[]>> {
  const read = async (sql: string) => (await database.pool.query<{ row: string }>(sql)).rows.map(({ row }) => row);
  return {
    entries: await read("select e::text as row from account_entries e order by account_id, version"),
    balances: await read("select b::text as row from account_balances b order by account_id"),
    days: await read("select d::text as row from daily_balances d order by account_id, day"),
    activity: await read("select a::text as row from activity a order by position"),
    snapshots: await read("select s::text as row from snapshots s order by stream_id, version"),
  };
}

const wipe = "truncate account_entries, account_balances, daily_balances, activity, snapshots, projection_checkpoints";

test("read models and snapshots are the fold of the log", async () => {
  expect((await runOnce(runtime)).map(({ end }) => end)).toEqual(logReaders.map(() => "level"));
  const { rows } = await database.pool.query(`
    with expected as (select stream_id, version, sum(case type when 'MoneyDeposited' then 1 when 'MoneyWithdrawn' then -1 else 0 end
      * coalesce((data -> 'amount' ->> 'minorUnits')::numeric, 0)) over (partition by stream_id order by version) as balance from events)
    select count(*)::int as events, count(*) filter (where e.balance = x.balance)::int as right,
      count(b.account_id) filter (where b.version = x.version and b.balance = x.balance)::int as standing,
      count(*) filter (where x.version % 100 = 0)::int as due, count(s.version) filter (where (s.state ->> 'balance')::numeric = x.balance)::int as snapshots
      from expected x left join account_entries e on e.account_id = x.stream_id and e.version = x.version
      left join account_balances b on b.account_id = x.stream_id left join snapshots s on s.stream_id = x.stream_id and s.version = x.version`);
  const [found] = rows;
  expect(found.events).toBeGreaterThan(1_000);
  expect(found).toMatchObject({ right: found.events, standing: 6, snapshots: found.due });
  expect(found.due).toBeGreaterThan(5);
});

test("every checkpoint set back by 500 and run again leaves the tables byte-identical", async () => {
  const before = await tables();
  for (const times of [1, 2]) {
    await database.owner.query("update projection_checkpoints set position = greatest(0, position - 500), recorded_at = null");
    expect(
      (await runOnce(runtime)).map(({ events }) => events),
      `time ${times}`,
    ).toEqual(logReaders.map(() => 500));
    expect(await tables()).toEqual(before);
  }
});

test("rebuilt from nothing in steps of 7 events, the tables are the same", async () => {
  const before = await tables();
  await database.owner.query(wipe);
  for (const reader of logReaders) {
    let step = await advance(runtime, reader, 7);
    while (step.kind === "applied") step = await advance(runtime, reader, 7);
    expect(step.kind).toBe("level");
  }
  expect(await tables()).toEqual(before);
});

test("two runners at once, with appends going on, end with the fold of the log", async () => {
  await database.owner.query(wipe);
  const other = createRuntime({ urls: database.urls, keys: testSecrets });
  const runners = [startRunner(runtime), startRunner(other)];
  await makeHistory(other, { accounts: 3, commands: 300, seed: 12 });
  const { position } = await logHead(runtime.pool);
  expect(
    await caughtUp(
      runtime,
      logReaders.map(({ name }) => name),
      position,
      { waitMsMax },
    ),
  ).toBe(true);
  await Promise.all(runners.map(({ stop }) => stop()));
  await other.close();

  const raced = await tables();
  await database.owner.query(wipe);
  await runOnce(runtime);
  expect(raced).toEqual(await tables());
});

test("a projection that the machine fails skips nothing, holds its checkpoint, and goes on when it can", async () => {
  await runOnce(runtime);
  const seen: bigint[] = [];
  let failures = 2;
  const stumbling: LogReader = {
    name: "stumbling",
    revision: 1,
    async apply(_client, events) {
      if (failures-- > 0) throw Object.assign(new Error("no room"), { code: "53100" });
      seen.push(...events.map(({ position }) => position));
    },
    async clear() {},
  };
  const runner = startRunner(runtime, [stumbling]);
  const { position } = await logHead(runtime.pool);
  expect(await caughtUp(runtime, ["stumbling"], position, { waitMsMax })).toBe(true);
  await runner.stop();
  expect(seen).toEqual(Array.from({ length: Number(position) }, (_, i) => BigInt(i + 1)));
});

test("waiting for a position that no runner reaches ends in time", async () => {
  expect(await caughtUp(runtime, projectionNames, 10n ** 9n, { waitMsMax: 100 })).toBe(false);
});

test("every append becomes visible in the balances by itself", async () => {
  const runner = startRunner(runtime);
  const accountId = await openAccount(runtime, history.actor);
  for (let i = 0; i < 30; i++) {
    const outcome = await give(deposit(accountId, 1n), { runtime, actor: history.actor });
    if (outcome.kind !== "done") throw new Error(outcome.kind);
    expect(await caughtUp(runtime, ["account_balances"], outcome.position, { waitMsMax })).toBe(true);
  }
  await runner.stop();
});

test("a described deposit's text stands in the two read models that show it, and in no other table", async () => {
  await runOnce(runtime);
  const { rows: names } = await database.owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const holding: string[] = [];
  for (const { name } of names) {
    const { rowCount } = await database.owner.query(
      `select from ${name} t where strpos(t::text, $1) > 0 or strpos(t::text, encode(convert_to($1, 'UTF8'), 'base64')) > 0`,
      [marker],
    );
    if (rowCount) holding.push(name);
  }
  expect(holding.sort()).toEqual(["account_entries", "activity"]);
});

test("a fold of a newer build is left alone, one of an older build is made again", async () => {
  await runOnce(runtime);
  const [balances] = logReaders;
  if (!balances) fail();
  const before = await tables();
  await database.owner.query(
    "update projection_checkpoints set revision = 2, position = position - 1 where name = 'account_balances'",
  );
  expect(await advance(runtime, balances)).toEqual({ kind: "superseded" });
  await database.owner.query("update projection_checkpoints set revision = 0 where name = 'account_balances'");
  await runOnce(runtime);
  expect(await tables()).toEqual(before);
});
