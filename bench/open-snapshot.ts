import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { databaseUrl, makeTemplate } from "@/infra/testing/template";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { testSecrets } from "@/infra/testing/test-secrets";
import { startTestServer } from "@/infra/testing/test-server";
import { logReaders } from "@/projections/registry";
import { startRunner } from "@/projections/runner";
import { closedLoop } from "./closed-loop";
import { median } from "./median";

const clients = 16;
const accountsCount = 64;
const levelMsMax = 60_000;

/**
 * What one transaction costs that somebody left open at REPEATABLE READ (a backup, a report, a terminal): nothing it could see is cleaned up
 * meanwhile. Two books on one server, one of them with such a transaction; commands/s, each window until every reader is level, in turn.
 */
export async function benchOpenSnapshot({ smoke }: { smoke: boolean }): Promise<object[]> {
  const [seconds, windowSeconds] = smoke ? [1, 0.3] : [60, 2];
  const server = await startTestServer();
  const { drop, ...template } = await makeTemplate(server.adminUrl);
  const names = ["held", "free"].map((kind) => template.template.replace(/template$/, kind));
  const urls = names.map((name) => databaseUrl(server.adminUrl, name));
  const admin = new pg.Client({ connectionString: server.adminUrl });
  const holder = new pg.Client({ connectionString: urls[0] });
  const banks: Bank[] = [];
  try {
    await admin.connect();
    for (const name of names) await admin.query(`create database ${name} template ${template.template}`);
    for (const url of urls) banks.push(await bankAtWork(url));
    const [held, free] = banks;
    if (!held || !free) throw new Error("two books were made");
    for (const bank of banks) await bank.measure(windowSeconds); // both warm
    await holder.connect();
    await holder.query("begin isolation level repeatable read; select count(*) from events");

    const ratios: number[] = [];
    const rates: { held: number; free: number }[] = [];
    for (const end = performance.now() + seconds * 1_000; performance.now() < end; ) {
      const rate = { held: await held.measure(windowSeconds), free: await free.measure(windowSeconds) };
      rates.push(rate);
      ratios.push(rate.held / rate.free);
    }
    const last = ratios.slice(-Math.ceil(ratios.length / 3)); // dead rows only gather: its end is the worst of it
    const figure = { unit: "1/s", clients, seconds, rounds: ratios.length, durable: true, smoke };
    return [
      { name: "open-snapshot.held", value: Math.round(median(rates.map((rate) => rate.held))), ...figure },
      { name: "open-snapshot.free", value: Math.round(median(rates.map((rate) => rate.free))), ...figure },
      {
        name: "open-snapshot.last-third",
        value: Number(median(last).toFixed(2)),
        ...figure,
        unit: "held / free",
        ratio: { free: Number(median(last).toFixed(2)) },
      },
    ];
  } finally {
    await holder.end();
    for (const bank of banks) await bank.close();
    await admin.end();
    await drop();
    await server.stop();
  }
}

type Bank = { measure(seconds: number): Promise<number>; close(): Promise<void> };

async function bankAtWork(url: string): Promise<Bank> {
  const runtime = createRuntime({ url, keys: testSecrets, queueLimits: { perActorMax: 1_000 } });
  startRunner(runtime);
  const actor = customer();
  const accounts = await Promise.all(Array.from({ length: accountsCount }, () => openAccount(runtime, actor)));
  let n = 0;
  const command = async () => {
    n += 1;
    const accountId = accounts[n % 2 ? 0 : n % accountsCount]; // every other one to the same account
    if (!accountId) throw new Error("no account");
    const { kind } = await give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
    if (kind !== "done") throw new Error(kind);
  };
  return {
    async measure(seconds) {
      const [from, before] = [performance.now(), n];
      await closedLoop(clients, seconds, command);
      await untilLevel(runtime);
      return (n - before) / ((performance.now() - from) / 1_000);
    },
    close: () => runtime.close(),
  };
}

async function untilLevel({ pool }: Runtime): Promise<void> {
  const end = performance.now() + levelMsMax;
  for (;;) {
    const { rows } = await pool.query<{ level: boolean }>(
      "select count(*) = $2 as level from projection_checkpoints where name = any($1) and position = (select max(position) from events)",
      [logReaders.map(({ name }) => name), logReaders.length],
    );
    if (rows[0]?.level) return;
    if (performance.now() > end) throw new Error("the readers never came to the end of the log");
    await sleep(5);
  }
}
