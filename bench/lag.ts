import { setTimeout as sleep } from "node:timers/promises";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { startRunner } from "@/projections/runner";
import { emmettConsumer, emmettPullings } from "./emmett-consumer";
import { type Figure, ratios } from "./figure";
import { median } from "./median";
import { ownBank } from "./own-bank";

const perSecond = 200;
const waitMsMax = 60_000;

type Lag = { p50: number; p99: number };
type Side = { append(): Promise<unknown>; applied(): Promise<number> };

/**
 * Milliseconds from the answer to an append until its effect is seen in the balance view, at 200 appends/s in an open loop; who looks asks again
 * about every millisecond. Beside Emmett's consumer, tuned: one balance a stream by its own projection.
 */
export async function benchLag({ smoke }: { smoke: boolean }): Promise<Figure[]> {
  const [seconds, rounds] = smoke ? [1, 1] : [5, 3];
  const { url, pool, runtime, close } = await ownBank();
  try {
    const actor = customer();
    const emmett = await emmettConsumer(url, pool);
    await emmett.seed("account-first", 1);
    await emmett.catchUp(emmettPullings.tuned, 1); // makes its tables
    let streams = 0;
    const sides: Record<string, () => Promise<Lag>> = {
      emmett: async () => {
        const stream = `account-lag-${streams++}`;
        const consumer = emmett.follow(emmettPullings.tuned);
        const text = "select version from emmett_balances where account_id = $1";
        const applied = async () =>
          (await pool.query<{ version: number }>({ name: "bench_emmett_seen", text, values: [stream] })).rows[0]?.version ?? 0;
        return measure({ append: () => emmett.append(stream), applied }, seconds).finally(() => consumer.stop());
      },
      daybook: async () => {
        const accountId = await openAccount(runtime, actor);
        const runner = startRunner(runtime);
        const text = "select version - 1 as version from account_balances where account_id = $1"; // without the opening
        const applied = async () =>
          (await pool.query<{ version: number }>({ name: "bench_seen", text, values: [accountId] })).rows[0]?.version ?? 0;
        const append = () => give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
        return measure({ append, applied }, seconds).finally(() => runner.stop());
      },
    };
    const measured = new Map<string, Lag[]>(Object.keys(sides).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const [name, run] of Object.entries(sides)) measured.get(name)?.push(await run());
    const of = (name: string, which: keyof Lag) => median((measured.get(name) ?? []).map((lag) => lag[which]));
    return Object.keys(sides).flatMap((name) =>
      (["p50", "p99"] as const).map((which) => ({
        name: `lag.${name}.${which}`,
        value: Number(of(name, which).toFixed(2)),
        unit: "ms",
        clients: 1,
        seconds,
        durable: true,
        smoke,
        ratio: ratios(of(name, which), { emmett: of("emmett", which) }),
      })),
    );
  } finally {
    await close();
  }
}

async function measure({ append, applied }: Side, seconds: number): Promise<Lag> {
  const total = perSecond * seconds;
  const answeredAt: number[] = [];
  const seenAt: number[] = [];
  const looking = (async () => {
    for (const end = performance.now() + seconds * 1_000 + waitMsMax; seenAt.length < total; await sleep(1)) {
      const seen = await applied();
      while (seenAt.length < seen) seenAt.push(performance.now());
      if (performance.now() > end) throw new Error(`${seenAt.length} of ${total} appends were ever seen`);
    }
  })();
  const from = performance.now();
  let appending: Promise<unknown> = Promise.resolve(); // one after another, so that the n-th answer is the n-th version
  for (let i = 0; i < total; i++) {
    await sleep(Math.max(0, from + (i * 1_000) / perSecond - performance.now()));
    appending = appending.then(append).then(() => answeredAt.push(performance.now()));
  }
  await appending;
  await looking;
  const lags = answeredAt.map((at, i) => Math.max(0, (seenAt[i] ?? Number.NaN) - at)).sort((a, b) => a - b);
  const quantile = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? Number.NaN;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
