import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";
import { accountEntries } from "../account-entries/projection";
import { runOnce } from "../run-once";
import { makeHistory } from "../test-history";
import { verifyBook } from "../verify/verify-book";
import { carryOut } from "./carry-out";
import { reachedBy } from "./fill";
import { readRebuild } from "./state";
import { copiesIn, readModelRows } from "./testing/copies";
import { slowRows } from "./testing/slow-rows";
import { takeTurn } from "./turn";

// Real processes, ended by kill -9 in the middle of a rebuild.

const { database, runtime } = await testRuntime();
const children: ChildProcess[] = [];
beforeAll(async () => {
  await makeHistory(runtime, { accounts: 5, commands: 900, seed: 12 });
  await runOnce(runtime);
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

const name = accountEntries.name;
const goesOn = new AbortController().signal;

function rebuildProcess({ standsAfter, silenceMs }: { standsAfter?: number; silenceMs?: number } = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", "projections/rebuild-beside/testing/rebuild-process.ts"], {
    env: {
      ...process.env,
      REBUILD_URLS: JSON.stringify(database.urls),
      REBUILD_NAME: name,
      ...(standsAfter !== undefined && { REBUILD_STANDS_AFTER: String(standsAfter) }),
      ...(silenceMs !== undefined && { REBUILD_SILENCE_MS: String(silenceMs) }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const said: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => said.push(line));
  const ended = once(child, "exit");
  return {
    said,
    ended,
    freeze: () => child.kill("SIGSTOP"),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const doneOf = (said: readonly string[]): bigint[] =>
  said.flatMap((line) => (line.startsWith("done ") ? [BigInt(line.slice(5))] : []));

test("killed in the middle of a chunk, it goes on where it was in another process, and ends with equal rows", async () => {
  const before = await readModelRows(database.pool);
  const first = rebuildProcess({ standsAfter: 2 });
  await until("it stands in a chunk", () => first.said.includes("stands"));
  expect(await carryOut(runtime, accountEntries, { signal: goesOn })).toBe("elsewhere"); // one process at a time
  await first.kill();
  const left = await reachedBy(database.pool, name);
  expect(left.done).toBeGreaterThan(0n);
  expect(await readModelRows(database.pool)).toEqual(before);

  const second = rebuildProcess();
  await second.ended;
  expect(second.said.at(-1)).toBe("swapped 0");
  expect(doneOf(second.said).every((done) => done >= left.done)).toBe(true);
  expect(await readRebuild(runtime.pool, name)).toMatchObject({ status: "swapped", fault: null });
  expect(await readModelRows(database.pool)).toEqual(before);
  expect(await copiesIn(database.owner, "shadow")).toEqual([]);
  expect(await verifyBook(runtime, () => {})).toMatchObject({ ok: true });
});

test("frozen in the middle of a chunk, it loses its turn, and another process takes it to its end", async () => {
  const before = await readModelRows(database.pool);
  const first = rebuildProcess({ standsAfter: 1, silenceMs: 1_000 });
  await until("it stands in a chunk", () => first.said.includes("stands"));
  first.freeze();
  await until("another has the turn", async () => (await carryOut(runtime, accountEntries, { signal: goesOn })) !== "elsewhere");
  expect(await readRebuild(runtime.pool, name)).toMatchObject({ status: "swapped", differences: 0n, fault: null });
  expect(await readModelRows(database.pool)).toEqual(before);
  await first.kill();
});

test("a turn whose connection is ended is lost, can be had again, and leaves no connection behind", async () => {
  const pool = database.pools.projector;
  const first = await takeTurn(pool, name);
  expect(await takeTurn(pool, name)).toBeUndefined();
  await database.owner.query(
    `select pg_terminate_backend(l.pid) from pg_locks l
      where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())`,
  );
  await until("it knows", () => first?.lost.aborted === true);
  const second = await takeTurn(pool, name);
  expect(second?.lost.aborted).toBe(false);
  await first?.end();
  expect(await takeTurn(pool, name)).toBeUndefined(); // the end of a lost turn takes nobody else's
  await second?.end();
  expect(pool.totalCount - pool.idleCount).toBe(0);
});

test("killed while it compares, it compares again in another process and folds nothing twice", async () => {
  const before = await readModelRows(database.pool);
  const slow = await slowRows(database, name);
  const first = rebuildProcess();
  await until("it compares", slow.isReached);
  await first.kill();
  const left = await readRebuild(database.pool, name);
  expect(left?.status).toBe("comparing");
  await slow.letGo();

  const second = rebuildProcess();
  await second.ended;
  await slow.close();
  expect(second.said.at(-1)).toBe("swapped 0");
  expect(doneOf(second.said).every((done) => done === left?.target)).toBe(true);
  expect(await readModelRows(database.pool)).toEqual(before);
});

test("two processes that are asked at once: one carries it out, the other follows it, and both tell of the same end", async () => {
  const before = await readModelRows(database.pool);
  const both = [rebuildProcess(), rebuildProcess()];
  await Promise.all(both.map(({ ended }) => ended));
  const ends = both.map(({ said }) => said.at(-1));
  expect(ends).toEqual(["swapped 0", "swapped 0"]);
  expect(await readModelRows(database.pool)).toEqual(before);
  expect(await copiesIn(database.owner, "shadow")).toEqual([]);
});
