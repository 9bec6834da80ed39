import type pg from "pg";
import type { BenchServer } from "./bench-server";
import type { Sample, Series } from "./interleaved";
import { type EmmettStore, emmettStore, emmettTuned } from "./stores/emmett";
import { type EvtstoreStore, evtstoreStore } from "./stores/evtstore";
import { onFirstUse } from "./stores/on-first-use";
import type { PeerStore } from "./stores/peer-store";
import { timed } from "./timed";

const streams = 200;

/**
 * A balance table by the peers' own consumers, over fewer events, for they take one statement an event and more. Emmett "tuned": batches of
 * 1,000 and no pause between them; its defaults are 100 and 50 ms.
 */
export function catchUpOfPeers(server: BenchServer, smoke: boolean) {
  const events = smoke ? 400 : 10_000;
  const facts = { unit: "events/s", rows: events, clients: 1, durable: true, smoke, peer: true } as const;
  const emmett = onFirstUse(async () => filled(await emmettStore(await server.empty("emmett")), events));
  const evtstore = onFirstUse(async () => filled(await evtstoreStore(await server.empty("evtstore")), events));
  const series: Series[] = [
    { ...facts, name: "catch-up.emmett.tuned", run: async () => byEmmett(await emmett.get(), events, emmettTuned) },
    { ...facts, name: "catch-up.emmett.defaults", run: async () => byEmmett(await emmett.get(), events, {}) },
    { ...facts, name: "catch-up.evtstore", run: async () => byEvtstore(await evtstore.get(), events) },
  ];
  const over = {
    "emmett.tuned": "catch-up.emmett.tuned",
    "emmett.defaults": "catch-up.emmett.defaults",
    evtstore: "catch-up.evtstore",
  };
  return { series, over, close: async () => void (await Promise.all([emmett.close(), evtstore.close()])) };
}

async function filled<Store extends PeerStore>(store: Store, events: number): Promise<Store> {
  for (let n = 0; n < streams; n++) await store.seed(store.newStream(), events / streams);
  return store;
}

async function byEmmett({ pool, balancesConsumer }: EmmettStore, events: number, pulling: object): Promise<Sample> {
  await pool.query("truncate balances");
  const consumer = balancesConsumer(pulling, { atEnd: true });
  const sample = await timed(events, () => consumer.start());
  await consumer.stop();
  await mustHold(pool, events);
  return sample;
}

async function byEvtstore({ pool, balancesHandler }: EvtstoreStore, events: number): Promise<Sample> {
  await pool.query("truncate balances");
  const handler = balancesHandler();
  const sample = await timed(events, () => handler.runOnce());
  await mustHold(pool, events);
  return sample;
}

async function mustHold(pool: pg.Pool, events: number): Promise<void> {
  const { rows } = await pool.query<{ applied: number }>("select coalesce(sum(version), 0)::int as applied from balances");
  if (rows[0]?.applied !== events) throw new Error(`applied ${rows[0]?.applied} of ${events} events`);
}
