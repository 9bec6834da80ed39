import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Runtime } from "@/infra/runtime";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { logReaders } from "@/projections/registry";
import { startRunner } from "@/projections/runner";
import { closedLoop } from "./closed-loop";
import type { BenchOptions, Figure } from "./figure";
import { median } from "./median";
import { type OwnBank, ownBank } from "./own-bank";

const clients = 16;
const accountsCount = 64;
const levelMsMax = 60_000;

/**
 * What one transaction costs that somebody left open at REPEATABLE READ (a backup, a report, a terminal): nothing it could see is cleaned up
 * meanwhile. Books on one server, some with such a transaction, in turn: commands/s alone, and with the readers, each window until they are level.
 */
export async function benchOpenSnapshot({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [seconds, windowSeconds] = smoke ? [1, 0.2] : [60, 1];
  const banks: Bank[] = [];
  const holders: pg.Client[] = [];
  const make = async (name: string, readers: boolean): Promise<Bank> => {
    const bank = await bankAtWork(await ownBank(server, name), readers);
    banks.push(bank);
    return bank;
  };
  try {
    const pairs = [
      { name: "commands", held: await make("held", false), free: await make("free", false), rounds: [] as Round[] },
      { name: "posted", held: await make("held_posted", true), free: await make("free_posted", true), rounds: [] as Round[] },
    ];
    for (const bank of banks) await bank.measure(windowSeconds); // all warm
    for (const { held } of pairs) {
      const holder = new pg.Client({ connectionString: held.url });
      holders.push(holder);
      await holder.connect();
      await holder.query("begin isolation level repeatable read; select count(*) from events");
    }
    for (const end = performance.now() + seconds * 1_000; performance.now() < end; )
      for (const { held, free, rounds } of pairs)
        rounds.push({ held: await held.measure(windowSeconds), free: await free.measure(windowSeconds) });
    return pairs.map(({ name, rounds }) => ({
      name: `open-snapshot.${name}`,
      value: Math.round(median(rounds.map(({ held }) => held))),
      unit: "1/s",
      rows: accountsCount,
      clients,
      seconds,
      rounds: rounds.length,
      durable: true,
      smoke,
      ratio: { free: ratioOf(rounds), freeInLastThird: ratioOf(rounds.slice(-Math.ceil(rounds.length / 3))) }, // dead rows only gather
    }));
  } finally {
    for (const holder of holders) await holder.end();
    for (const bank of banks) await bank.close();
  }
}

type Round = { held: number; free: number };
type Bank = { url: string; measure(seconds: number): Promise<number>; close(): Promise<void> };

const ratioOf = (rounds: readonly Round[]) => Number(median(rounds.map(({ held, free }) => held / free)).toFixed(2));

async function bankAtWork({ url, runtime, close }: OwnBank, readers: boolean): Promise<Bank> {
  if (readers) startRunner(runtime);
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
    url,
    async measure(seconds) {
      const [from, before] = [performance.now(), n];
      await closedLoop(clients, seconds, command);
      if (readers) await untilLevel(runtime);
      return (n - before) / ((performance.now() - from) / 1_000);
    },
    close,
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
