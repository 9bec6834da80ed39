import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { until } from "@/infra/testing/until";
import { newAccountId, newCommandId, newUserId } from "../ids";
import { type TestDatabase, testDatabase } from "../testing/test-database";
import { type AppendRows, appendEvents } from "./append";

// The rows of the log's review: what a second writer sees that waited at the gate.

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const actor = newUserId();

function rows(stream: AccountId, version: number, options: { commandId?: string; reads?: AppendRows["reads"] } = {}): AppendRows {
  const event = { s: stream, v: version, t: "MoneyDeposited", sv: 1, d: {}, m: {}, e: null, h: "00".repeat(32) };
  const id = options.commandId ?? newCommandId();
  const command = {
    actor,
    id,
    t: "DepositMoney",
    a: [stream],
    i: {},
    fp: {},
    o: { ok: "yes", events: [] },
    p: 1,
    vs: {},
    cx: {},
    da: new Date(),
  };
  return {
    events: [JSON.stringify(event)],
    reads: options.reads ?? [{ s: stream, v: version - 1 }],
    commands: [JSON.stringify(command)],
    keys: [],
    stamps: [],
    seen: null,
  };
}

/** `second` starts while `first` holds the gate, and is at the gate before `release` runs. */
async function atTheGate(first: (client: pg.Client) => Promise<unknown>, release: "commit" | "rollback", second: AppendRows) {
  const holder = new pg.Client(database.urls.writer);
  const waiter = new pg.Client(database.urls.writer);
  await Promise.all([holder.connect(), waiter.connect()]);
  try {
    const { rows: me } = await waiter.query("select pg_backend_pid() as pid");
    await holder.query("begin");
    await first(holder);
    const waiting = appendEvents(waiter, second);
    await until("the second waits at the gate", async () => {
      const { rows: state } = await database.owner.query(
        "select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1",
        [me[0].pid],
      );
      return state[0]?.waits === true;
    });
    const { rows: before } = await holder.query("select date_trunc('milliseconds', clock_timestamp()) as at");
    await holder.query(release);
    return { reply: await waiting, releasedAt: before[0].at as Date };
  } finally {
    await Promise.all([holder.end(), waiter.end()]);
  }
}

test.each(["commit", "rollback"] as const)(
  "whoever waited for a writer that ends with %s is stamped after it",
  async (release) => {
    const { reply, releasedAt } = await atTheGate(
      (client) => appendEvents(client, rows(newAccountId(), 1)),
      release,
      rows(newAccountId(), 1),
    );
    expect(reply.kind).toBe("written");
    if (reply.kind === "written") expect(reply.at.getTime()).toBeGreaterThanOrEqual(releasedAt.getTime());
  },
);

test("whoever waited for a holder that wrote nothing is stamped after it", async () => {
  const { reply, releasedAt } = await atTheGate(
    (client) => client.query("select hold_gate()"),
    "commit",
    rows(newAccountId(), 1),
  );
  if (reply.kind !== "written") throw new Error(reply.kind);
  expect(reply.at.getTime()).toBeGreaterThanOrEqual(releasedAt.getTime());
});

test("a stream that grew while waiting is told, without an error, and nothing is written", async () => {
  const stream = newAccountId();
  const { reply } = await atTheGate((client) => appendEvents(client, rows(stream, 1)), "commit", rows(stream, 1));
  expect(reply).toMatchObject({ kind: "conflict", stale: [stream] });
});

test("a stream that was only read and changed while waiting is found", async () => {
  const [read, written] = [newAccountId(), newAccountId()];
  const second = rows(written, 1, {
    reads: [
      { s: written, v: 0 },
      { s: read, v: 0 },
    ],
  });
  const { reply } = await atTheGate((client) => appendEvents(client, rows(read, 1)), "commit", second);
  expect(reply).toMatchObject({ kind: "conflict", stale: [read] });
});

test("a command id that was taken while waiting, or long ago, is known", async () => {
  const commandId = newCommandId();
  const { reply } = await atTheGate(
    (client) => appendEvents(client, rows(newAccountId(), 1, { commandId })),
    "commit",
    rows(newAccountId(), 1, { commandId }),
  );
  expect(reply).toMatchObject({ kind: "conflict", known: [{ actor, id: commandId }] });
  expect(await appendEvents(database.pools.writer, rows(newAccountId(), 1, { commandId }))).toMatchObject({
    kind: "conflict",
    known: [{ actor, id: commandId }],
  });
});

test("the same id twice in one call is an error: the executor merges them", async () => {
  const commandId = newCommandId();
  const [a, b] = [rows(newAccountId(), 1, { commandId }), rows(newAccountId(), 1, { commandId })];
  const both = { ...a, events: [...a.events, ...b.events], commands: [...a.commands, ...b.commands] };
  await expect(appendEvents(database.pools.writer, both)).rejects.toMatchObject({ code: "23505" });
});

test("a cache that is ahead of the log writes no gap", async () => {
  const stream = newAccountId();
  expect(await appendEvents(database.pools.writer, rows(stream, 13))).toMatchObject({ kind: "conflict", stale: [stream] });
});

test("a version said to be known is believed only while the log ends with the event that was seen", async () => {
  const [mine, theirs] = [newAccountId(), newAccountId()];
  const first = await appendEvents(database.pools.writer, rows(mine, 1));
  if (first.kind !== "written") throw new Error(first.kind);
  const seen = { position: first.base + 1n, hash: Buffer.alloc(32) };
  const wrong = [{ s: mine, v: 9, k: true }]; // what nobody would send, to see whether it is looked at

  const believed = await appendEvents(database.pools.writer, { ...rows(theirs, 1, { reads: wrong }), seen });
  expect(believed).toMatchObject({ kind: "written", same: true });
  const positionMoved = await appendEvents(database.pools.writer, { ...rows(theirs, 2, { reads: wrong }), seen });
  expect(positionMoved).toMatchObject({ kind: "conflict", stale: [mine] });
  const otherHistory = { position: seen.position + 1n, hash: Buffer.alloc(32, 1) };
  const replaced = await appendEvents(database.pools.writer, { ...rows(theirs, 2, { reads: wrong }), seen: otherHistory });
  expect(replaced).toMatchObject({ kind: "conflict", stale: [mine] });
  const unmarked = [{ s: mine, v: 9 }];
  const now = { ...otherHistory, hash: Buffer.alloc(32) };
  expect(await appendEvents(database.pools.writer, { ...rows(theirs, 2, { reads: unmarked }), seen: now })).toMatchObject({
    kind: "conflict",
    stale: [mine],
  });
});

test("a log that would run more than a minute ahead of the application is refused", async () => {
  const late = { name: "late", text: "select * from append_events($1, $2, $3, $4, null, null, $5)" };
  const r = rows(newAccountId(), 1);
  const json = [`[${r.events}]`, JSON.stringify(r.reads), `[${r.commands}]`, "[]"];
  const values = [...json, new Date(Date.now() - 61_000)];
  await expect(database.pools.writer.query({ ...late, values })).rejects.toMatchObject({ code: "DB002" });
});

test("positions have no gap and time never runs back", async () => {
  const { rows: found } = await database.pool.query(
    `select count(*) filter (where position <> n) as gaps, count(*) filter (where recorded_at < before) as backwards
       from (select position, recorded_at, row_number() over (order by position) as n, lag(recorded_at) over (order by position) as before from events) e`,
  );
  expect(found[0]).toEqual({ gaps: 0n, backwards: 0n });
});
