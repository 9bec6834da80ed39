import { randomUUID } from "node:crypto";
import type pg from "pg";
import { widePool } from "../wide-pool";
import { importPeer } from "./import-peer";
import { context, deposited, type PeerStore, retried } from "./peer-store";

type Deposited = { type: "MoneyDeposited"; data: typeof deposited; metadata: typeof context };
type State = { balance: bigint; events: number };
type Fold = { evolve: (state: State, event: Deposited) => State; initialState: () => State };
type Consumer = {
  projector(options: { projection: unknown; processorId: string }): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};
type Store = {
  schema: { migrate(): Promise<unknown> };
  appendToStream(stream: string, events: Deposited[], options?: { expectedStreamVersion: bigint }): Promise<unknown>;
  aggregateStream(stream: string, fold: Fold): Promise<{ state: State }>;
  consumer(options: { pulling: Pulling; stopWhen?: { noMessagesLeft: true } }): Consumer;
};
type Postgres = {
  getPostgreSQLEventStore(url: string, options: { connectionOptions: { pool: pg.Pool } }): Store;
  postgreSQLRawSQLProjection(options: object): unknown;
};
type Emmett = { CommandHandler(fold: Fold): (store: Store, stream: string, decide: () => Deposited) => Promise<unknown> };
type Dumbo = { rawSql(text: string): unknown };

/** How its consumer asks for more: `{}` are its defaults, batches of 100 and 50 ms between them. */
type Pulling = { batchSize?: number; pullingFrequencyInMs?: number };
export const emmettTuned: Pulling = { batchSize: 1_000, pullingFrequencyInMs: 0 };

export type EmmettStore = PeerStore & { pool: pg.Pool; balancesConsumer(pulling: Pulling, end?: { atEnd: true }): Consumer };

const event: Deposited = { type: "MoneyDeposited", data: deposited, metadata: context };
const fold: Fold = {
  evolve: ({ balance, events }, { data }) => ({ balance: balance + BigInt(data.minorUnits), events: events + 1 }),
  initialState: () => ({ balance: 0n, events: 0 }),
};
const eventsPerAppend = 1_000;

export async function emmettStore(url: string): Promise<EmmettStore> {
  const { getPostgreSQLEventStore, postgreSQLRawSQLProjection } = await importPeer<Postgres>(
    "@event-driven-io/emmett-postgresql",
  );
  const { CommandHandler } = await importPeer<Emmett>("@event-driven-io/emmett");
  const { rawSql } = await importPeer<Dumbo>("@event-driven-io/dumbo");
  const pool = widePool(url);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  await pool.query("create table balances (account_id text primary key, balance bigint not null, version int not null)");
  const projection = postgreSQLRawSQLProjection(balances(rawSql));
  const handle = CommandHandler(fold);
  const newStream = () => `account-${randomUUID()}`;
  return {
    pool,
    newStream,
    append: () => store.appendToStream(newStream(), [event], { expectedStreamVersion: 0n }),
    command: (stream) => retried(() => handle(store, stream, () => event), /version|conflict|expected/i),
    load: async (stream) => (await store.aggregateStream(stream, fold)).state.events,
    async seed(stream, events) {
      for (let done = 0; done < events; done += eventsPerAppend)
        await store.appendToStream(
          stream,
          Array.from({ length: Math.min(eventsPerAppend, events - done) }, () => event),
        );
    },
    balancesConsumer(pulling, end) {
      const consumer = store.consumer({ pulling, ...(end && { stopWhen: { noMessagesLeft: true } }) });
      consumer.projector({ projection, processorId: randomUUID() });
      return consumer;
    },
    close: () => pool.end(),
  };
}

/** A balance table, in the way of its documents: one statement an event. */
function balances(rawSql: Dumbo["rawSql"]) {
  return {
    name: "balances",
    canHandle: ["MoneyDeposited"],
    evolve: ({ data, metadata }: Deposited & { metadata: { streamName: string } }) =>
      rawSql(`insert into balances values ('${metadata.streamName}', ${data.minorUnits}, 1)
        on conflict (account_id) do update set balance = balances.balance + excluded.balance, version = balances.version + 1`),
  };
}
