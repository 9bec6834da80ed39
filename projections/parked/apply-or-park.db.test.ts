import { beforeAll, beforeEach, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "../account-balances/projection";
import { advance } from "../advance";
import type { LogReader } from "../log-reader";
import { logReaders } from "../registry";
import { makeHistory, seededRandom } from "../test-history";
import { failingAt, isEvent } from "./testing/failing-fold";
import { type ReaderRows, rowsOf, startOver } from "./testing/reader-rows";

const { database, runtime } = await testRuntime();
let accounts: readonly AccountId[];
let guilty: AccountId;
let head: bigint;
const whole = new Map<string, ReaderRows>();

beforeAll(async () => {
  ({ accounts } = await makeHistory(runtime, { accounts: 5, commands: 900, seed: 21 }));
  guilty = accounts[0] as AccountId; // the busiest
  head = (await logHead(runtime.pool)).position;
  for (const reader of logReaders) {
    await drain(reader);
    whole.set(reader.name, await rowsOf(database.pool, reader));
  }
});

beforeEach(async () => {
  for (const reader of logReaders) await startOver(database.owner, reader);
});

async function drain(reader: LogReader, eventsPerStep?: number): Promise<void> {
  let step = await advance(runtime, reader, eventsPerStep);
  while (step.kind === "applied") step = await advance(runtime, reader, eventsPerStep);
  expect(step.kind).toBe("level");
}

async function parked(reader: LogReader): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ id: string; version: number }>(
    "select account_id as id, version from parked_accounts where reader = $1",
    [reader.name],
  );
  return Object.fromEntries(rows.map(({ id, version }) => [id, version]));
}

/** What the reader holds of the log's own rows, without what stands at or behind the events at which accounts are held. */
function without(rows: ReaderRows, held: Record<string, number>): ReaderRows {
  return rows.filter(({ account, version }) => version < (held[account] ?? Number.POSITIVE_INFINITY));
}

const oneRowPerAccount = (reader: LogReader) => reader.name === "account_balances";

for (const reader of logReaders)
  test(`${reader.name}: an event that cannot be applied holds its account there, and every other account is as ever`, async () => {
    const version = reader.name === "snapshots" ? 200 : 123;
    await drain(failingAt(reader, isEvent(guilty, version)));

    expect(await parked(reader)).toEqual({ [guilty]: version });
    const [found, all] = [await rowsOf(database.pool, reader), whole.get(reader.name) ?? []];
    const others = (rows: ReaderRows) => rows.filter(({ account }) => account !== guilty);
    expect(others(found)).toEqual(others(all));
    expect(others(found).length).toBeGreaterThan(0);
    const own = found.filter(({ account }) => account === guilty);
    if (reader.name === "daily_balances" || oneRowPerAccount(reader))
      expect(own.map((row) => row.version)).toEqual([version - 1]);
    else expect(own).toEqual(without(all, { [guilty]: version }).filter(({ account }) => account === guilty));
  });

test("whatever events fail and however the log is cut into steps, each account stands exactly before its first bad event", async () => {
  const [reader] = logReaders.filter(({ name }) => name === "account_entries");
  if (!reader) throw new Error("no account_entries");
  for (const seed of [1, 2, 3, 4]) {
    const random = seededRandom(seed);
    const bad: Record<string, number> = {};
    for (const id of accounts.filter(() => random() < 0.6)) bad[id] = 1 + Math.floor(random() * 60);
    const isBad = ({ streamId, version }: { streamId: string; version: number }) =>
      version === bad[streamId] || (bad[streamId] !== undefined && version > (bad[streamId] ?? 0) && version % 7 === 0);
    await startOver(database.owner, reader);
    await drain(failingAt(reader, isBad), 1 + Math.floor(random() * 400));
    const words = `seed ${seed}`;
    const reached = Object.fromEntries(
      Object.entries(bad).filter(([id, version]) =>
        (whole.get(reader.name) ?? []).some((r) => r.account === id && r.version >= version),
      ),
    );
    expect(await parked(reader), words).toEqual(reached);
    expect(await rowsOf(database.pool, reader), words).toEqual(without(whole.get(reader.name) ?? [], reached));
  }
});

test("a checkpoint that is set back while an account is held changes nothing", async () => {
  for (const reader of logReaders) {
    const failing = failingAt(reader, isEvent(guilty, reader.name === "snapshots" ? 200 : 123));
    await drain(failing);
    const before = [await rowsOf(database.pool, reader), await parked(reader)];
    await database.owner.query("update projection_checkpoints set position = 10, recorded_at = null where name = $1", [
      reader.name,
    ]);
    await drain(failing, 150);
    expect([await rowsOf(database.pool, reader), await parked(reader)]).toEqual(before);
  }
});

test("trouble of the machine holds nobody: the step fails whole, and goes on once it is over", async () => {
  const troubles: ((client: Parameters<LogReader["apply"]>[0]) => Promise<unknown>)[] = [
    (client) => client.query("set local statement_timeout = 5; select pg_sleep(1)"),
    (client) => client.query("select pg_terminate_backend(pg_backend_pid())"),
    (client) => client.query("do $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$"),
    (client) => client.query("do $$ begin raise exception 'again' using errcode = 'serialization_failure'; end $$"),
  ];
  for (const trouble of troubles) {
    const failing: LogReader = {
      ...accountBalances,
      async apply(client, events, keys) {
        await accountBalances.apply(client, events, keys);
        await trouble(client);
      },
    };
    await expect(advance(runtime, failing)).rejects.toThrow();
    expect(await parked(accountBalances)).toEqual({});
    expect(await rowsOf(database.pool, accountBalances)).toEqual([]);
  }
  await drain(accountBalances);
  expect(await rowsOf(database.pool, accountBalances)).toEqual(whole.get("account_balances"));
});

test.each([
  ["a value that the database cannot hold (SQLSTATE 22012)", "select 1/0"],
  [
    "a row that breaks a constraint (SQLSTATE 23505: projection_checkpoints, projection_checkpoints_pkey)",
    "insert into projection_checkpoints select * from projection_checkpoints limit 1",
  ],
  ["an exception in the database (SQLSTATE P0001)", "do $$ begin raise exception 'Zwetschge'; end $$"],
  [
    "something too large or too deep for the database (SQLSTATE 54000)",
    "insert into projection_checkpoints (name, revision, updated_at) select string_agg(md5(n::text), ''), 1, now() from generate_series(1, 300) n",
  ],
  ["something too large or too deep for the database (SQLSTATE 54001)", "select repeat('[', 1000000)::json"],
])("%s holds the account, without a word that was typed", async (words, sql) => {
  const failing: LogReader = {
    ...accountBalances,
    async apply(client, events, keys) {
      await accountBalances.apply(client, events, keys);
      if (events.some(isEvent(guilty, 50))) await client.query(sql);
    },
  };
  await drain(failing);
  const { rows } = await database.pool.query("select account_id, version, position, error, attempts from parked_accounts");
  const {
    rows: [event],
  } = await database.pool.query("select position from events where stream_id = $1 and version = 50", [guilty]);
  expect(rows).toEqual([{ account_id: guilty, version: 50, position: event.position, error: words, attempts: 1 }]);
});

test("a set that is too large only as a whole goes through in halves, and holds nobody", async () => {
  const failing: LogReader = {
    ...accountBalances,
    async apply(client, events, keys) {
      if (events.length > 100) await client.query("do $$ begin raise exception 'too large' using errcode = '54000'; end $$");
      await accountBalances.apply(client, events, keys);
    },
  };
  await drain(failing);
  expect(await parked(accountBalances)).toEqual({});
  expect(await rowsOf(database.pool, accountBalances)).toEqual(whole.get("account_balances"));
});

test("a statement that the schema does not take holds nobody: it is the build that is wrong", async () => {
  for (const sql of ["select nothing from projection_checkpoints", "selec 1", "select from no_such_table"]) {
    const failing: LogReader = { ...accountBalances, apply: async (client) => void (await client.query(sql)) };
    await expect(advance(runtime, failing)).rejects.toThrow();
    expect(await parked(accountBalances)).toEqual({});
  }
});

test("a fold that fails for everybody and at every event still comes to the head of a small bank, with every account held at its first", async () => {
  await drain(failingAt(accountBalances, () => true));
  expect(await parked(accountBalances)).toEqual(Object.fromEntries(accounts.map((id) => [id, 1])));
  expect(head).toBeGreaterThan(500n);
});

test("starting anew in place from the first event holds nobody any more", async () => {
  await drain(failingAt(accountBalances, isEvent(guilty, 50)));
  const { beside: _, ...inPlace } = accountBalances;
  await drain({ ...inPlace, revision: accountBalances.revision + 1 });
  expect(await parked(accountBalances)).toEqual({});
  expect(await rowsOf(database.pool, accountBalances)).toEqual(whole.get("account_balances"));
});
