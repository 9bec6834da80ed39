import type pg from "pg";
import type { Runtime } from "@/infra/runtime";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { accountBalances } from "@/projections/account-balances/projection";
import { accountEntries } from "@/projections/account-entries/projection";
import { advance } from "@/projections/advance";
import type { LogReader } from "@/projections/log-reader";
import { logReaders } from "@/projections/registry";
import { emmettConsumer, emmettPullings } from "./emmett-consumer";
import { type Figure, ratios } from "./figure";
import { median } from "./median";
import { ownBank } from "./own-bank";

const clients = 256;
const emmettStreams = 50;
const eventsPerPage = 5_000;

/**
 * Events/s of readers that start at the first event: entries with running balance and balances together (the two that a posting waits for), and
 * each reader alone; beside Emmett's consumer, tuned and as it comes (one balance a stream), and the bare reading of the log by pages (raw).
 * The log is made by commands: hash chain, encrypted descriptions and all.
 */
export async function benchCatchUp({ smoke }: { smoke: boolean }): Promise<Figure[]> {
  const [events, emmettEvents, rounds] = smoke ? [2_000, 500, 1] : [200_000, 10_000, 3];
  const { url, pool, runtime, close } = await ownBank();
  try {
    const accountsCount = Math.ceil(events / 100);
    const rows = await fill(runtime, events, accountsCount);
    const emmett = await emmettConsumer(url, pool);
    for (let i = 0; i < emmettStreams; i++) await emmett.seed(`account-${i}`, emmettEvents / emmettStreams);
    await pool.query("vacuum (analyze) events");

    const series: [name: string, run: () => Promise<number>][] = [
      ["raw", () => readOnly(pool)],
      ["emmett.tuned", () => emmett.catchUp(emmettPullings.tuned, emmettEvents)],
      ["emmett.defaults", () => emmett.catchUp(emmettPullings.defaults, emmettEvents)],
      ["entries+balances", () => catchUp(pool, runtime, [accountEntries, accountBalances], rows)],
      ...logReaders.map((reader): [string, () => Promise<number>] => [reader.name, () => catchUp(pool, runtime, [reader], rows)]),
    ];
    const measured = new Map<string, number[]>(series.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round++) for (const [name, run] of series) measured.get(name)?.push(await run());
    const rate = (name: string) => median(measured.get(name) ?? []);
    return series.map(([name]) => ({
      name: `catch-up.${name}`,
      value: Math.round(rate(name)),
      unit: "events/s",
      rows: name.startsWith("emmett") ? emmettEvents : rows,
      clients: 1,
      seconds: 0,
      durable: true,
      smoke,
      ratio: ratios(rate(name), {
        raw: rate("raw"),
        "emmett.tuned": rate("emmett.tuned"),
        "emmett.defaults": rate("emmett.defaults"),
      }),
    }));
  } finally {
    await close();
  }
}

async function fill(runtime: Runtime, events: number, accountsCount: number): Promise<number> {
  const actor = customer();
  const accounts = await Promise.all(Array.from({ length: Math.min(accountsCount, clients) }, () => openAccount(runtime, actor)));
  while (accounts.length < accountsCount) accounts.push(await openAccount(runtime, actor));
  let left = events - accountsCount;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      const accountId = accounts[left % accounts.length];
      if (!accountId) throw new Error("no account");
      const { kind } = await give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
      if (kind !== "done") throw new Error(kind);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return events;
}

/** Events per second until all of `readers` have come to the end of the log, each in its own loop as in the runner. */
async function catchUp(owner: pg.Pool, runtime: Runtime, readers: readonly LogReader[], events: number): Promise<number> {
  for (const reader of readers) {
    const table = reader.name; // a reader's table has its name
    await owner.query(`truncate ${table}; delete from projection_checkpoints where name = '${reader.name}'`);
  }
  const from = performance.now();
  await Promise.all(
    readers.map(async (reader) => {
      for (;;) {
        const { kind } = await advance({ pool: runtime.pool, keys: runtime.keys }, reader);
        if (kind === "level") return;
        if (kind !== "applied") throw new Error(`${reader.name}: ${kind}`);
      }
    }),
  );
  return events / ((performance.now() - from) / 1_000);
}

/** What any reader in this process has to do at least: the log by pages, as few columns as a balance needs, no object a row. */
async function readOnly(pool: pg.Pool): Promise<number> {
  const from = performance.now();
  let events = 0;
  for (let after = 0n; ; ) {
    const { rows } = await pool.query<[bigint, string, string, string | null]>({
      name: "bench_read",
      text: `select position, stream_id, type, data -> 'amount' ->> 'minorUnits' from events where position > $1 order by position limit ${eventsPerPage}`,
      values: [after],
      rowMode: "array",
    });
    const last = rows.at(-1);
    if (!last) return events / ((performance.now() - from) / 1_000);
    events += rows.length;
    after = last[0];
  }
}
