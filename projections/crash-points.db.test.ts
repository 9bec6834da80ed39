import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { cutPoints } from "@/infra/testing/cut-at";
import { poolCutAt } from "@/infra/testing/pool-cut-at";
import { testRuntime } from "@/infra/testing/test-runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { advance } from "./advance";
import { rebuild } from "./rebuild";
import { logReaders } from "./registry";
import { makeHistory } from "./test-history";

const { database, runtime } = await testRuntime();
beforeAll(async () => {
  await makeHistory(runtime, { accounts: 3, commands: 250, seed: 5 });
});

const keys = { master: testSecrets.master };
const eventsPerStep = 100; // so that a crash falls between two steps as well

async function drain(pool: pg.Pool, reader: (typeof logReaders)[number]): Promise<void> {
  for (let steps = 0; steps < 1_000; steps++) {
    const step = await advance({ pools: { projector: pool }, keys }, reader, eventsPerStep);
    if (step.kind === "level") return;
    if (step.kind !== "applied") expect(step.kind).toBe("busy"); // the server has not noticed yet that the other end is gone
  }
  throw new Error(`${reader.name} never came to the head`);
}

async function content(name: string): Promise<string> {
  const { rows } = await database.owner.query<{ hash: string }>(
    `select coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), 'empty') as hash from ${name} t`,
  );
  return `${name} ${rows[0]?.hash}`;
}

async function startOver(reader: (typeof logReaders)[number]): Promise<void> {
  const client = await database.pools.projector.connect();
  await reader.clear(client);
  client.release();
  await database.owner.query("update projection_checkpoints set position = 0, recorded_at = null where name = $1", [reader.name]);
}

for (const reader of logReaders)
  test(`${reader.name}: cut before or after any statement of a step, it goes on to the same rows`, async () => {
    await rebuild({ pools: { projector: database.pools.projector }, keys: testSecrets }, reader, () => {});
    const whole = await content(reader.name);
    await startOver(reader);
    const { pool, fault } = poolCutAt(database.pools.projector, undefined);
    await advance({ pools: { projector: pool }, keys }, reader, eventsPerStep);
    const statements = [...fault.statements];
    expect(statements.at(-1)).toBe("commit");

    for (const { words, ...point } of cutPoints(statements)) {
      await startOver(reader);
      const cut = poolCutAt(database.pools.projector, point);
      await expect(advance({ pools: { projector: cut.pool }, keys }, reader, eventsPerStep)).rejects.toThrow(
        "Connection terminated",
      );
      expect(cut.fault.struck).toBe(true);
      await drain(database.pools.projector, reader);
      expect(await content(reader.name), words).toBe(whole);
    }
  });
