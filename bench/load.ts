import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import { loadAggregates } from "@/infra/commands/executor/load-aggregates";
import type { Runtime } from "@/infra/runtime";
import { runOnce } from "@/projections/run-once";
import { fillByCommands } from "./book-by-commands";
import { closedLoop } from "./closed-loop";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { ownBank } from "./own-bank";
import { openPeers } from "./stores/open-peers";

/**
 * Loads/s of one account of 10,000 events, as a command needs it: from the newest snapshot and the 50 events after it; beside the select and fold
 * of all its events through `pg` (raw), and the peers' own ways.
 */
export async function benchLoad({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [events, seconds, rounds] = smoke ? [250, 0.3, 1] : [10_050, 2, 5];
  const { pool, runtime, close } = await ownBank(server);
  const peers = openPeers(server);
  try {
    const { accounts } = await fillByCommands(runtime, { events, accounts: 1 });
    const accountId = accounts[0] as AccountId;
    await runOnce(runtime);
    const facts = { unit: "1/s", rows: events, clients: 1, seconds, durable: true, smoke } as const;
    const over = { raw: "load.raw", ...Object.fromEntries(peers.all.map(({ name }) => [name, `load.${name}`])) };
    const series = (name: string, load: () => Promise<unknown>): Series => ({
      ...facts,
      name: `load.${name}`,
      run: () => closedLoop(1, seconds, load),
    });
    const all: Series[] = [
      series("raw", () => selectAndFold(pool, accountId)),
      ...peers.all.map(({ name, get }): Series => {
        const stream = get().then(async (store) => {
          const long = store.newStream();
          await store.seed(long, events);
          if ((await store.load(long)) !== events) throw new Error(`${name} did not load ${events} events`);
          return long;
        });
        stream.catch(() => undefined); // told in its row
        const run = async () => {
          const [store, long] = [await get(), await stream];
          return closedLoop(1, seconds, () => store.load(long));
        };
        return { ...facts, name: `load.${name}`, peer: true, over: { raw: "load.raw" }, run };
      }),
      { ...series("snapshot", () => loadForCommand(runtime, accountId, events)), over },
    ];
    return await interleaved(all, rounds);
  } finally {
    await peers.close();
    await close();
  }
}

async function loadForCommand({ pool, keys }: Runtime, accountId: AccountId, events: number): Promise<void> {
  const { aggregates } = await loadAggregates(pool, keys.master, [accountId], []);
  if (aggregates.get(accountId)?.version !== events) throw new Error("not the whole account");
}

async function selectAndFold(pool: pg.Pool, accountId: AccountId): Promise<bigint> {
  const { rows } = await pool.query<{ type: string; data: { amount?: { minorUnits: string } } }>({
    name: "bench_load",
    text: "select e.type, e.data from events e where e.stream_id = $1 order by e.version",
    values: [accountId],
  });
  let balance = 0n;
  for (const { type, data } of rows) balance += BigInt(data.amount?.minorUnits ?? 0) * (type === "MoneyWithdrawn" ? -1n : 1n);
  return balance;
}
