import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { createPool } from "@/infra/postgres/connect";
import { deposit, give } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { accountBalances } from "./account-balances/projection";
import { accountEntries } from "./account-entries/projection";
import { advance } from "./advance";
import { readCheckpoints } from "./checkpoints/checkpoints";
import { stepTransaction } from "./step-transaction";
import { makeHistory, type TestHistory } from "./test-history";

const { database, runtime } = await testRuntime();
let history: TestHistory;
beforeAll(async () => {
  history = await makeHistory(runtime, { accounts: 3, commands: 60, seed: 9 });
});

async function standsAt(name: string): Promise<bigint> {
  return (await readCheckpoints(database.pool, [name]))[0]?.position ?? 0n;
}

async function bookOf(table: string): Promise<unknown[]> {
  return (await database.pool.query(`select t::text from ${table} t order by 1`)).rows;
}

test("a wrong guess of where a reader stands changes nothing of what it takes, however wrong", async () => {
  for (const reader of [accountBalances, accountEntries]) {
    while ((await advance(runtime, reader)).kind === "applied");
    const whole = await bookOf(reader.name);
    await database.owner.query(`truncate ${reader.name}`);
    await database.owner.query("update projection_checkpoints set position = 0, recorded_at = null where name = $1", [
      reader.name,
    ]);
    for (const guess of [0n, 3n, 40n, 1_000n, 28n]) {
      const before = await standsAt(reader.name);
      expect(await advance(runtime, reader, 7, guess), `${guess}`).toMatchObject({
        kind: "applied",
        events: 7,
        position: before + 7n,
      });
    }
    while ((await advance(runtime, reader, 7, 12n)).kind === "applied");
    expect(await advance(runtime, reader, 7, 12n)).toEqual({ kind: "level" });
    expect(await bookOf(reader.name)).toEqual(whole);
  }
});

test("a reader that stands where the log holds another event says so also where it has guessed right", async () => {
  const at = await standsAt(accountBalances.name);
  await database.owner.query("update projection_checkpoints set recorded_at = recorded_at + interval '1 s' where name = $1", [
    accountBalances.name,
  ]);
  await expect(advance(runtime, accountBalances, 7, at)).rejects.toThrow("history was lost");
  await database.owner.query("update projection_checkpoints set recorded_at = recorded_at - interval '1 s' where name = $1", [
    accountBalances.name,
  ]);
});

test("a step is not committed where a query failed that nobody awaited", async () => {
  const { name, revision } = accountEntries;
  const position = await standsAt(name);
  const failing = async (client: pg.PoolClient) => {
    client.query("select 1 / 0").catch(() => {});
    return { step: "done", move: { name, revision, position: position + 1n, recordedAt: null } };
  };
  const nothing = async () => undefined;
  await expect(stepTransaction(runtime.pools.projector, name, nothing, failing)).rejects.toThrow(
    "current transaction is aborted",
  );
  expect(await standsAt(name)).toBe(position);
  const silent = async (client: pg.PoolClient) => {
    await client.query("rollback; begin; select 1 / 0").catch(() => {});
    return { step: "done", move: { name, revision, position: position + 1n, recordedAt: null } };
  };
  await expect(stepTransaction(runtime.pools.projector, name, nothing, silent)).rejects.toThrow();
  expect(await standsAt(name)).toBe(position);
});

test("a reader that keeps up writes four times to its connection for a step", async () => {
  const pool = createPool(database.urls.projector, { max: 1 });
  const target = { pools: { projector: pool }, keys: runtime.keys };
  for (const reader of [accountBalances, accountEntries]) {
    const [accountId] = history.accounts;
    if (!accountId) throw new Error("no account");
    await give(deposit(accountId, 1n, "rent"), { runtime, actor: history.actor });
    expect(await advance(target, reader)).toMatchObject({ kind: "applied" });
    const at = await standsAt(reader.name);
    await give(deposit(accountId, 1n, "rent"), { runtime, actor: history.actor });
    const client = await pool.connect();
    const writes = countWrites(client);
    client.release();
    expect(await advance(target, reader, 5_000, at)).toMatchObject({ kind: "applied", events: 1 });
    expect(writes(), reader.name).toBe(4); // lock and read, what stands, what is new, commit
  }
  await pool.end();
});

/** How often its socket is written to from now on. */
function countWrites(client: pg.PoolClient): () => number {
  const { stream } = client.connection;
  let count = 0;
  const { _write: write, _writev: writev } = stream;
  Object.assign(stream, {
    _write: (...args: Parameters<typeof write>) => {
      count += 1;
      write.apply(stream, args);
    },
    _writev: (...args: Parameters<NonNullable<typeof writev>>) => {
      count += 1;
      writev?.apply(stream, args);
    },
  });
  return () => count;
}
