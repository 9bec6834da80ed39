import { randomUUID } from "node:crypto";
import pg from "pg";
import { importPeer } from "./import-peer";
import { context, deposited, type PeerStore, retried } from "./peer-store";

type Event = { aggregateId: string; version: number; type: string; payload: typeof deposited; metadata: typeof context };
type State = { aggregateId: string; version: number; balance: bigint };
type Core = {
  EventType: new (options: { type: string }) => unknown;
  EventStore: new (options: {
    eventStoreId: string;
    eventTypes: unknown[];
    reducer: (state: State | undefined, event: Event) => State;
    eventStorageAdapter: unknown;
  }) => {
    pushEvent(event: Event, options?: { prevAggregate?: State | undefined }): Promise<unknown>;
    getAggregate(id: string): Promise<{ aggregate: State | undefined }>;
  };
};
type Table = { connectionString: string; tableName: string };
type Adapter = { _sql: { end(options: { timeout: number }): Promise<void> } };
type Postgres = {
  PostgresEventStorageAdapter: (new (table: Table) => Adapter) & { createEventTable(table: Table): Promise<void> };
};

/** Castore, which has no transactions and keeps its own 10 connections. */
export async function castoreStore(url: string): Promise<PeerStore> {
  const { EventStore, EventType } = await importPeer<Core>("@castore/core");
  const { PostgresEventStorageAdapter } = await importPeer<Postgres>("@castore/event-storage-adapter-postgres");
  const table = { connectionString: url, tableName: "event" };
  await PostgresEventStorageAdapter.createEventTable(table);
  const adapter = new PostgresEventStorageAdapter(table);
  const store = new EventStore({
    eventStoreId: "accounts",
    eventTypes: [new EventType({ type: "MoneyDeposited" })],
    reducer: (state, { aggregateId, version, payload }) => ({
      aggregateId,
      version,
      balance: (state?.balance ?? 0n) + BigInt(payload.minorUnits),
    }),
    eventStorageAdapter: adapter,
  });
  const event = (aggregateId: string, version: number): Event => ({
    aggregateId,
    version,
    type: "MoneyDeposited",
    payload: deposited,
    metadata: context,
  });
  return {
    newStream: randomUUID,
    append: () => store.pushEvent(event(randomUUID(), 1)),
    command: (id) =>
      retried(async () => {
        const { aggregate } = await store.getAggregate(id);
        await store.pushEvent(event(id, (aggregate?.version ?? 0) + 1), { prevAggregate: aggregate });
      }, /already ?exists/i),
    load: async (id) => (await store.getAggregate(id)).aggregate?.version ?? 0,
    async seed(id, events) {
      const client = new pg.Client(url);
      await client.connect();
      await client.query(
        `insert into event (aggregate_name, aggregate_id, version, type, data, metadata)
         select 'accounts', $1, g, 'MoneyDeposited', $2, $3 from generate_series(1, $4::int) g`,
        [id, JSON.stringify(deposited), JSON.stringify(context), events],
      );
      await client.end();
    },
    close: () => adapter._sql.end({ timeout: 1 }),
  };
}
