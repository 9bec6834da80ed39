import { randomUUID } from "node:crypto";
import type pg from "pg";
import { widePool } from "../wide-pool";
import { importPeer } from "./import-peer";
import { context, deposited, type PeerStore, retried } from "./peer-store";

type Deposited = { type: "MoneyDeposited" } & typeof deposited & { meta: typeof context };
type State = { balance: bigint; events: number };
type Tables = { client: pg.Pool; events: string; bookmarks: string };
type Provider = {
  append(stream: string, id: string, version: number, events: unknown): Promise<unknown>;
  createEvents(stream: string, id: string, version: number, events: Deposited[]): unknown;
};
type Pg = { migrate(tables: Tables): Promise<void>; createProvider(options: Tables & { limit: number }): Provider };
type Handler = {
  handle(stream: string, type: string, work: (id: string, event: Deposited) => Promise<void>): void;
  runOnce(): Promise<number>;
  start(): void;
  stop(): void;
};
type Aggregate = { getAggregate(id: string): Promise<State> };
type Evtstore = {
  createAggregate(options: { stream: string; create: () => State; fold: (event: Deposited, state: State) => State }): unknown;
  createDomain(
    options: { provider: Provider },
    aggregates: { account: unknown },
  ): { domain: { account: Aggregate }; createHandler(bookmark: string, streams: string[], options: object): Handler };
  createCommands(aggregate: Aggregate, commands: object): { deposit(id: string, body: object): Promise<unknown> };
};

export type EvtstoreStore = PeerStore & { pool: pg.Pool; balancesHandler(): Handler };

const stream = "accounts";
const pageMax = 1_000;
const event: Deposited = { type: "MoneyDeposited", ...deposited, meta: context };

export async function evtstoreStore(url: string): Promise<EvtstoreStore> {
  const { migrate, createProvider } = await importPeer<Pg>("evtstore/provider/pg");
  const { createAggregate, createDomain, createCommands } = await importPeer<Evtstore>("evtstore");
  const pool = widePool(url);
  const tables = { client: pool, events: "events", bookmarks: "bookmarks" };
  await migrate(tables);
  await pool.query("create table balances (account_id text primary key, balance bigint not null, version int not null)");
  const provider = createProvider({ ...tables, limit: pageMax });
  const account = createAggregate({
    stream,
    create: () => ({ balance: 0n, events: 0 }),
    fold: ({ minorUnits }, { balance, events }) => ({ balance: balance + BigInt(minorUnits), events: events + 1 }),
  });
  const { domain, createHandler } = createDomain({ provider }, { account });
  const commands = createCommands(domain.account, { deposit: async () => event });
  return {
    pool,
    newStream: randomUUID,
    append: () => {
      const id = randomUUID();
      return provider.append(stream, id, 1, provider.createEvents(stream, id, 1, [event]));
    },
    command: (id) => retried(() => commands.deposit(id, {}), /version|duplicate/i),
    load: async (id) => (await domain.account.getAggregate(id)).events,
    async seed(id, events) {
      await pool.query(
        "insert into events (stream, aggregate_id, event, version, timestamp) select $1, $2, $3, g, clock_timestamp() from generate_series(1, $4::int) g",
        [stream, id, JSON.stringify(event), events],
      );
    },
    balancesHandler() {
      const handler = createHandler(randomUUID(), [stream], {});
      handler.handle(stream, "MoneyDeposited", async (id, { minorUnits }) => {
        await pool.query(upsertSql, [id, minorUnits]);
      });
      return handler;
    },
    close: () => pool.end(),
  };
}

const upsertSql = `insert into balances values ($1, $2, 1)
  on conflict (account_id) do update set balance = balances.balance + excluded.balance, version = balances.version + 1`;
