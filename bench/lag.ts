import { setTimeout as sleep } from "node:timers/promises";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { startRunner } from "@/projections/runner";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Sample, type Series } from "./interleaved";
import { type OwnBank, ownBank } from "./own-bank";
import { emmettStore, emmettTuned } from "./stores/emmett";
import { evtstoreStore } from "./stores/evtstore";
import { onFirstUse } from "./stores/on-first-use";

const perSecond = 200;
const waitMsMax = 60_000;

/** `applied`: how many of its events are in the balance view. */
type Side = { append(): Promise<unknown>; applied(): Promise<number> };

/**
 * Milliseconds from the answer to an append until its effect is seen in the balance view, at 200 appends/s in an open loop; who waits for one asks
 * again about every millisecond, and nobody asks where everything answered has been seen. Beside the peers' own consumers: one balance a stream, as
 * their documents have it. `value` is the median.
 */
export async function benchLag({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [seconds, rounds] = smoke ? [1, 1] : [5, 3];
  const bank = await ownBank(server);
  const emmett = onFirstUse(async () => emmettStore(await server.empty("emmett")));
  const evtstore = onFirstUse(async () => evtstoreStore(await server.empty("evtstore")));
  const ofEmmett = (pulling: object) => async () => {
    const { pool, newStream, seed, balancesConsumer } = await emmett.get();
    const [stream, consumer] = [newStream(), balancesConsumer(pulling)];
    const following = consumer.start();
    const sample = await measure({ append: () => seed(stream, 1), applied: () => versionIn(pool, stream) }, seconds);
    await consumer.stop();
    await following;
    return sample;
  };
  const ofEvtstore = async () => {
    const { pool, newStream, command, balancesHandler } = await evtstore.get();
    const [stream, handler] = [newStream(), balancesHandler()];
    handler.start();
    const sample = await measure({ append: () => command(stream), applied: () => versionIn(pool, stream) }, seconds);
    handler.stop();
    return sample;
  };
  try {
    const facts = { unit: "ms", rows: perSecond * seconds, clients: 1, seconds, durable: true, smoke } as const;
    const over = { "emmett.tuned": "lag.emmett.tuned", "emmett.defaults": "lag.emmett.defaults", evtstore: "lag.evtstore" };
    const all: Series[] = [
      { ...facts, name: "lag.emmett.tuned", peer: true, run: ofEmmett(emmettTuned) },
      { ...facts, name: "lag.emmett.defaults", peer: true, run: ofEmmett({}) },
      { ...facts, name: "lag.evtstore", peer: true, run: ofEvtstore },
      { ...facts, name: "lag.daybook", over, run: () => ofDaybook(bank, seconds) },
    ];
    return await interleaved(all, rounds);
  } finally {
    await Promise.all([emmett.close(), evtstore.close()]);
    await bank.close();
  }
}

async function ofDaybook({ pool, runtime }: OwnBank, seconds: number): Promise<Sample> {
  const actor = customer();
  const accountId = await openAccount(runtime, actor);
  const runner = startRunner(runtime);
  const append = () => give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
  const text = "select version - 1 as version from account_balances where account_id = $1"; // without the opening
  const applied = async () => (await pool.query({ name: "bench_seen", text, values: [accountId] })).rows[0]?.version ?? 0;
  return measure({ append, applied }, seconds).finally(() => runner.stop());
}

async function versionIn(pool: OwnBank["pool"], stream: string): Promise<number> {
  const text = "select version from balances where account_id = $1";
  return (await pool.query({ name: "bench_seen", text, values: [stream] })).rows[0]?.version ?? 0;
}

async function measure({ append, applied }: Side, seconds: number): Promise<Sample> {
  const total = perSecond * seconds;
  const answeredAt: number[] = [];
  const seenAt: number[] = [];
  const look = async () => {
    for (const end = performance.now() + seconds * 1_000 + waitMsMax; seenAt.length < total; await sleep(1)) {
      const seen = answeredAt.length > seenAt.length ? await applied() : 0;
      while (seenAt.length < seen) seenAt.push(performance.now());
      if (performance.now() > end) throw new Error(`${seenAt.length} of ${total} appends were ever seen`);
    }
  };
  const appendAll = async () => {
    const from = performance.now();
    let appending: Promise<unknown> = Promise.resolve(); // one after another, so that the n-th answer is the n-th version
    for (let i = 0; i < total; i++) {
      await sleep(Math.max(0, from + (i * 1_000) / perSecond - performance.now()));
      appending = appending.then(append).then(() => answeredAt.push(performance.now()));
    }
    await appending;
  };
  await Promise.all([appendAll(), look()]);
  const lags = answeredAt.map((at, i) => Math.max(0, (seenAt[i] ?? Number.NaN) - at)).sort((a, b) => a - b);
  const quantile = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? Number.NaN;
  return { value: quantile(0.5), p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}
