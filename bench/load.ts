import { loadAggregates } from "@/infra/commands/executor/load-aggregates";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { runOnce } from "@/projections/run-once";
import { closedLoop } from "./closed-loop";
import { emmettConsumer } from "./emmett-consumer";
import { type Figure, ratios } from "./figure";
import { median } from "./median";
import { ownBank } from "./own-bank";

const clients = 16; // that fill the account; the load itself is asked for by one

/**
 * Loads/s of one account of 10,000 events, as a command needs it: from the newest snapshot and the events after it; beside the select and fold of
 * all its events through `pg` (raw) and Emmett's aggregateStream.
 */
export async function benchLoad({ smoke }: { smoke: boolean }): Promise<Figure[]> {
  const [events, seconds, rounds] = smoke ? [200, 0.3, 1] : [10_050, 2, 5];
  const { url, pool, runtime, close } = await ownBank();
  try {
    const actor = customer();
    const accountId = await openAccount(runtime, actor);
    let left = events - 1;
    const client = async () => {
      while (left-- > 0) {
        const { kind } = await give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
        if (kind !== "done") throw new Error(kind);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    await runOnce(runtime);
    const emmett = await emmettConsumer(url, pool);
    await emmett.seed("account-long", events);

    const series: [name: string, load: () => Promise<unknown>][] = [
      [
        "raw",
        async () => {
          const text = "select e.type, e.data from events e where e.stream_id = $1 order by e.version";
          const { rows } = await pool.query<{ data: { amount?: { minorUnits: string } } }>({
            name: "bench_load",
            text,
            values: [accountId],
          });
          return rows.reduce((sum, { data }) => sum + BigInt(data.amount?.minorUnits ?? 0), 0n);
        },
      ],
      ["emmett", () => emmett.load("account-long")],
      [
        "snapshot",
        async () => {
          const { aggregates } = await loadAggregates(runtime.pool, runtime.keys.master, [accountId], []);
          if (aggregates.get(accountId)?.version !== events) throw new Error("not the whole account");
        },
      ],
    ];
    const measured = new Map<string, number[]>(series.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const [name, load] of series) measured.get(name)?.push((await closedLoop(1, seconds, load)).perSecond);
    const rate = (name: string) => median(measured.get(name) ?? []);
    return series.map(([name]) => ({
      name: `load.${name}`,
      value: Number(rate(name).toFixed(1)),
      unit: "1/s",
      rows: events,
      clients: 1,
      seconds,
      durable: true,
      smoke,
      ratio: ratios(rate(name), { raw: rate("raw"), emmett: rate("emmett") }),
    }));
  } finally {
    await close();
  }
}
