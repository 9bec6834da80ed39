import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { until } from "@/infra/testing/until";
import { advance } from "../advance";
import { logReaders } from "../registry";
import { startRunner } from "../runner";
import { isLevel } from "./whole-book";

// Several processes share the readers: whoever has a reader's row feeds it, and nobody else is needed to know.

const { database, runtime } = await testRuntime();
const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

const actor = customer();

async function deposits(accountId: AccountId, count: number): Promise<void> {
  for (let i = 0; i < count; i++) expect(await give(deposit(accountId, 1n), { runtime, actor })).toMatchObject({ kind: "done" });
}

/** A process that stands in the middle of a step of every reader. */
async function holderOfAllReaders(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "projections/faults/reader-process.ts"], {
    env: { ...process.env, READER_PROCESS_URLS: JSON.stringify(database.urls) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  endings.push(() => child.kill("SIGKILL"));
  const held = new Set<string>();
  createInterface({ input: child.stdout }).on("line", (name) => held.add(name));
  await until("the process holds every reader", () => held.size === logReaders.length);
  return child;
}

test("a process that holds every reader is killed: another goes on with all of them, and no event is applied twice", async () => {
  const accountId = await openAccount(runtime, actor);
  await deposits(accountId, 5);
  const holder = await holderOfAllReaders();

  const other = createRuntime({ urls: database.urls, keys: testSecrets });
  endings.push(() => other.close());
  startRunner(other);
  for (const reader of logReaders) expect(await advance(other, reader)).toEqual({ kind: "busy" });
  expect(await isLevel(other)).toBe(false);

  holder.kill("SIGKILL");
  await until("the other process brought every reader level", () => isLevel(other));
  const { rows } = await database.pool.query("select balance::int, version from account_balances where account_id = $1", [
    accountId,
  ]);
  expect(rows).toEqual([{ balance: 5, version: 6 }]);
  await other.close();
});

test("the connection that listens is lost: the poll carries on, and the listener comes back", async () => {
  const accountId = await openAccount(runtime, actor);
  const follower = createRuntime({ urls: database.urls, keys: testSecrets });
  endings.push(() => follower.close());
  startRunner(follower);
  const heard: bigint[] = [];
  follower.log.subscribe((position) => heard.push(position));
  const listens = async () => {
    const { rowCount } = await database.owner.query(
      "select from pg_stat_activity where datname = current_database() and application_name = 'daybook listener' and query like 'listen log%' and state = 'idle'",
    );
    return rowCount === 1;
  };
  await until("it listens", listens);
  await until("it follows", () => isLevel(follower));

  await withoutNewConnections(async () => {
    await database.owner.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'daybook listener'",
    );
    const before = heard.length;
    await deposits(accountId, 3);
    await until("the poll carries on", () => isLevel(follower));
    expect(heard.length).toBe(before);
    expect(await listens()).toBe(false);
  });

  await until("it listens again", listens);
  await deposits(accountId, 1);
  await until("it hears of what others append", () => isNewest(runtime, heard.at(-1)));
});

async function withoutNewConnections(work: () => Promise<void>): Promise<void> {
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await database.owner.query(`alter database ${name} connection limit 0`);
  try {
    await work();
  } finally {
    await database.owner.query(`alter database ${name} connection limit -1`);
  }
}

async function isNewest({ pool }: Runtime, position: bigint | undefined): Promise<boolean> {
  const { rows } = await pool.query<{ head: bigint }>("select max(position) as head from events");
  return rows[0]?.head === position;
}
