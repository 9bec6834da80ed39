import { expect, test } from "vitest";
import type { AccountId, CommandId } from "@/domain/ids";
import { createCommandMetrics } from "@/infra/metrics/command-metrics";
import { testRuntime } from "@/infra/testing/test-runtime";
import { readBook } from "../book/book";
import { type Append, appendEvents } from "../event-log/append";
import { newCommandId } from "../ids";
import { createStreamsUnderReview } from "../review/streams-under-review";
import { type Aftermath, type CutPoint, cutAt, cutPoints } from "../testing/cut-at";
import { customer, deposit, openAccount } from "../testing/test-bank";
import { testSecrets } from "../testing/test-secrets";
import { createExecutor, type Executor } from "./executor/executor";
import { createWriter } from "./executor/writer";

const { database, runtime } = await testRuntime();
const actor = customer();

/** An executor whose statements are watched, with a connection of its own. */
function executorCutAt(point: CutPoint | undefined, aftermath: Aftermath, append: Append = appendEvents) {
  const fault = cutAt(point, aftermath);
  const writer = createWriter(database.urls.writer);
  const executor = createExecutor({
    metrics: createCommandMetrics(),
    review: createStreamsUnderReview(),
    writer: { reset: writer.reset, client: async () => fault.watch(await writer.client()) },
    append,
    basis: async () => {
      const { id, zone } = await readBook(database.pool);
      return { bookId: id, zone, build: "test", masterKey: testSecrets.master };
    },
    onAppended: () => {},
    onDenied: () => {},
    onError: () => {},
  });
  return { executor, fault };
}

const give = (executor: Executor, accountId: AccountId, commandId: CommandId) =>
  executor.submit({ actor, commandId, command: deposit(accountId, 7n, "once"), channel: "web" });

/** Every append loses the race three times, so that the gate is held for the fourth. */
function alwaysBeaten(): Append {
  let lost = 0;
  return async (db, rows) => {
    if (lost === 3) return appendEvents(db, rows);
    lost += 1;
    return { kind: "conflict", clock: new Date(), stale: rows.reads.map(({ s }) => s), known: [] };
  };
}

/** What stands in the book of one command: its events and its row. */
async function effects(commandId: CommandId): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select count(*) from events where metadata ->> 'commandId' = $1) as events, (select count(*) from commands where id = $1) as commands`,
    [commandId],
  );
  return rows[0];
}

const paths = [
  { path: "the first command of an account", append: () => appendEvents, warm: false },
  { path: "a command decided ahead on cached states", append: () => appendEvents, warm: true },
  { path: "a command that lost three times and holds the gate", append: alwaysBeaten, warm: false },
] as const;

/** The statements that a command takes on this path when nothing goes wrong. */
async function statementsOf({ append, warm }: (typeof paths)[number]): Promise<{ all: readonly string[]; before: number }> {
  const accountId = await openAccount(runtime, actor);
  const { executor, fault } = executorCutAt(undefined, "error", append());
  if (warm) await give(executor, accountId, newCommandId());
  const before = fault.statements.length;
  expect(await give(executor, accountId, newCommandId())).toMatchObject({ kind: "done" });
  await executor.close();
  return { all: [...fault.statements], before };
}

for (const one of paths) {
  test(`${one.path}: cut before or after any statement, it is answered as done and has one effect`, async () => {
    const { all, before } = await statementsOf(one);
    expect(all.length).toBeGreaterThan(before);
    for (const { words, ...point } of cutPoints(all, before + 1)) {
      const accountId = await openAccount(runtime, actor);
      const { executor, fault } = executorCutAt(point, "error", one.append());
      if (one.warm) await give(executor, accountId, newCommandId());
      const commandId = newCommandId();
      expect(await give(executor, accountId, commandId), words).toMatchObject({ kind: "done" });
      expect(fault.struck).toBe(true);
      expect(await effects(commandId), words).toEqual({ events: 1n, commands: 1n });
      await executor.close();
    }
  });

  test(`${one.path}: its process dies before or after any statement, and the id asked of another has one effect`, async () => {
    const { all, before } = await statementsOf(one);
    const replayed: boolean[] = [];
    for (const { words, ...point } of cutPoints(all, before + 1)) {
      const accountId = await openAccount(runtime, actor);
      const { executor, fault } = executorCutAt(point, "silence", one.append());
      if (one.warm) await give(executor, accountId, newCommandId());
      const commandId = newCommandId();
      void give(executor, accountId, commandId);
      await expect.poll(() => fault.struck).toBe(true);
      const other = await give(runtime.executor, accountId, commandId);
      expect(other, words).toMatchObject({ kind: "done" });
      if (other.kind === "done") replayed.push(other.replayed);
      expect(await effects(commandId), words).toEqual({ events: 1n, commands: 1n });
      await executor.close({ waitMsMax: 0 });
    }
    // Only the last statement, an append or the commit, puts it into the book; all crashes before leave nothing behind.
    expect(replayed).toEqual([...replayed.slice(0, -1).map(() => false), true]);
  });
}
