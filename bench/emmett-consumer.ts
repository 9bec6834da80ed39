import type pg from "pg";
import { importPeer } from "./peer";

type Deposited = { type: "MoneyDeposited"; data: { minorUnits: string; reference: string } };
type Read = { data: Deposited["data"]; metadata: { streamName: string } };
type Projection = { name: string };
type Consumer = {
  projector(options: { projection: Projection; processorId: string }): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};
type Pulling = { batchSize?: number; pullingFrequencyInMs?: number };
type Store = {
  schema: { migrate(): Promise<unknown> };
  appendToStream(stream: string, events: Deposited[]): Promise<unknown>;
  aggregateStream(stream: string, fold: { evolve(state: bigint, event: Read): bigint; initialState(): bigint }): Promise<unknown>;
  consumer(options: { pulling: Pulling; stopWhen?: { noMessagesLeft: true } }): Consumer;
};
type Postgres = {
  getPostgreSQLEventStore(url: string, options: { connectionOptions: { pool: pg.Pool } }): Store;
  postgreSQLRawSQLProjection(options: {
    name: string;
    canHandle: string[];
    evolve(event: Read): unknown;
    init(): unknown;
  }): Projection;
};

export const emmettPullings = {
  defaults: {},
  tuned: { batchSize: 1_000, pullingFrequencyInMs: 0 },
} as const satisfies Record<string, Pulling>;

const eventsPerAppend = 500;
const deposited: Deposited = { type: "MoneyDeposited", data: { minorUnits: "100", reference: "x".repeat(150) } };

/** Emmett's reading side on the same server: one balance a stream by its own SQL projection, one upsert an event, as its documents do it. */
export async function emmettConsumer(url: string, pool: pg.Pool) {
  const { getPostgreSQLEventStore, postgreSQLRawSQLProjection } = await importPeer<Postgres>(
    "@event-driven-io/emmett-postgresql",
  );
  const { rawSql } = await importPeer<{ rawSql(text: string): unknown }>("@event-driven-io/dumbo");
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  const projection = postgreSQLRawSQLProjection({
    name: "balances",
    canHandle: ["MoneyDeposited"],
    evolve: ({ data, metadata }) =>
      rawSql(
        `insert into emmett_balances (account_id, balance, version) values ('${metadata.streamName}', ${data.minorUnits}, 1)
         on conflict (account_id) do update set balance = emmett_balances.balance + excluded.balance, version = emmett_balances.version + 1`,
      ),
    init: () =>
      rawSql(
        "create table if not exists emmett_balances (account_id text primary key, balance bigint not null, version int not null)",
      ),
  });
  let runs = 0;
  const consumerOf = (pulling: Pulling, stopWhen?: { noMessagesLeft: true }) => {
    const consumer = store.consumer({ pulling, ...(stopWhen && { stopWhen }) });
    runs += 1;
    consumer.projector({ projection, processorId: `bench-${runs}` });
    return consumer;
  };
  return {
    async seed(stream: string, events: number): Promise<void> {
      for (let from = 0; from < events; from += eventsPerAppend)
        await store.appendToStream(stream, Array(Math.min(eventsPerAppend, events - from)).fill(deposited));
    },
    append: (stream: string) => store.appendToStream(stream, [deposited]),
    load: (stream: string) =>
      store.aggregateStream(stream, { evolve: (state, { data }) => state + BigInt(data.minorUnits), initialState: () => 0n }),
    /** Projects the whole log anew. Events per second. */
    async catchUp(pulling: Pulling, events: number): Promise<number> {
      await pool.query("drop table if exists emmett_balances; delete from emt_processors; delete from emt_projections");
      const from = performance.now();
      await consumerOf(pulling, { noMessagesLeft: true }).start();
      const seconds = (performance.now() - from) / 1_000;
      const { rows } = await pool.query<{ events: bigint }>("select sum(version)::bigint as events from emmett_balances");
      if (rows[0]?.events !== BigInt(events)) throw new Error(`Emmett projected ${rows[0]?.events} of ${events} events`);
      return events / seconds;
    },
    /** Follows the log until it is stopped. */
    follow(pulling: Pulling): { stop(): Promise<void> } {
      const consumer = consumerOf(pulling);
      void consumer.start();
      return { stop: () => consumer.stop() };
    },
  };
}
