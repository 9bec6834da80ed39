import { expect, test } from "vitest";
import { logHead } from "@/infra/event-log/read";
import { testRuntime } from "@/infra/testing/test-runtime";
import { until } from "@/infra/testing/until";
import { accountBalances } from "./account-balances/projection";
import type { LogReader } from "./log-reader";
import { startRunner } from "./runner";
import { createStepSize } from "./step-size";
import { makeHistory } from "./test-history";

const { database, runtime } = await testRuntime();
const cancelled = Object.assign(new Error("cancelled"), { code: "57014" });

test("a step that was too much is halved down to one event, and grows again as steps go", () => {
  const size = createStepSize(10);
  const sizes = Array.from({ length: 5 }, () => {
    size.failed(cancelled);
    return size.events;
  });
  expect(sizes).toEqual([5, 2, 1, 1, 1]);
  size.went();
  expect(size.events).toBe(2);
  for (let i = 0; i < 5; i++) size.went();
  expect(size.events).toBe(10);
  size.failed(Object.assign(new Error("no room"), { code: "53100" }));
  expect(size.events).toBe(10);
});

test("a reader whose whole step always runs out of its time comes to the head in smaller ones, and holds nobody", async () => {
  await makeHistory(runtime, { accounts: 3, commands: 600, seed: 41 });
  const { position: head } = await logHead(database.pool);
  const asked: number[] = [];
  const slow: LogReader = {
    ...accountBalances,
    async apply(client, events, keys) {
      asked.push(events.length);
      if (events.length > 200) await client.query("set local statement_timeout = 5; select pg_sleep(60)");
      await accountBalances.apply(client, events, keys);
    },
  };
  const runner = startRunner(runtime, [slow]);
  await until("the reader is at the head", async () => {
    const { rows } = await database.pool.query<{ position: bigint }>(
      "select position from projection_checkpoints where name = 'account_balances'",
    );
    return rows[0]?.position === head;
  });
  await runner.stop();
  expect(asked[0]).toBeGreaterThan(200);
  expect(asked.filter((events) => events <= 200).reduce((sum, events) => sum + events, 0)).toBe(Number(head));
  expect((await database.pool.query("select from parked_accounts")).rowCount).toBe(0);
});
