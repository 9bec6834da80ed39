import pg from "pg";
import { expect, test } from "vitest";
import { newCommandId } from "@/infra/ids";
import { createRuntime } from "@/infra/runtime";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { freeGate } from "./gate-watchdog";

const { database, runtime } = await testRuntime();

/** A connection that holds the gate until it is told to let go. */
async function holdGate(): Promise<{ client: pg.Client; release: () => Promise<void> }> {
  const client = new pg.Client(database.urls.writer);
  client.on("error", () => {});
  await client.connect();
  await client.query("begin; select hold_gate()");
  return { client, release: async () => void (await client.query("commit").then(() => client.end())) };
}

test("more than one actor may have waiting is answered busy, before anything is decided", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const gate = await holdGate();
  const asked = Array.from({ length: 150 }, () => give(deposit(accountId, 1n), { runtime, actor }));
  const busy = await Promise.race(asked.slice(-1));
  expect(busy).toEqual({ kind: "busy" });
  await gate.release();
  const outcomes = await Promise.all(asked);
  const done = outcomes.filter(({ kind }) => kind === "done").length;
  expect(done).toBeGreaterThanOrEqual(100);
  const { rows } = await database.pool.query("select count(*) from events where stream_id = $1", [accountId]);
  expect(rows[0].count).toBe(BigInt(done + 1)); // what was answered busy left nothing behind
});

test("a client that froze while it held the gate is ended, and the bank goes on", async () => {
  const gate = await holdGate();
  const watchdog = new pg.Client(database.urls.writer);
  await watchdog.connect();
  expect(await freeGate(watchdog, 0)).toBe(1);
  await watchdog.end();
  await gate.client.end().catch(() => {});
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  expect(await give(deposit(accountId, 1n), { runtime, actor })).toMatchObject({ kind: "done" });
});

test("a connection that is cut with commands in flight loses none: the same ids are sent again", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const ids = Array.from({ length: 60 }, () => newCommandId());
  const gate = await holdGate();
  const asked = ids.map((commandId) => give(deposit(accountId, 1n), { runtime, actor, commandId }));
  await database.owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'daybook executor' and datname = current_database()",
  );
  await gate.release();
  expect(new Set((await Promise.all(asked)).map(({ kind }) => kind))).toEqual(new Set(["done"]));
  const { rows } = await database.pool.query("select count(*) from events where stream_id = $1", [accountId]);
  expect(rows[0].count).toBe(61n);
});

test("an executor that always loses the race holds the gate and advances", async () => {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const rival = createRuntime({ urls: database.urls, keys: testSecrets, queueLimits: { perActorMax: 10_000 } });
  let stop = false;
  const rivalry = (async () => {
    let done = 0;
    while (!stop) {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => give(deposit(accountId, 1n), { runtime: rival, actor })),
      );
      done += outcomes.filter(({ kind }) => kind === "done").length;
    }
    return done;
  })();
  const outcomes: string[] = [];
  for (let i = 0; i < 50; i++) outcomes.push((await give(deposit(accountId, 1n), { runtime, actor })).kind);
  stop = true;
  const rivals = await rivalry;
  expect(new Set(outcomes)).toEqual(new Set(["done"]));
  const { rows } = await database.pool.query("select count(*), max(version) from events where stream_id = $1", [accountId]);
  expect(rows[0]).toEqual({ count: BigInt(51 + rivals), max: 51 + rivals });
  await rival.close();
});
