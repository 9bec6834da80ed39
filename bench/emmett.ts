import { randomUUID } from "node:crypto";
import type pg from "pg";
import { importPeer } from "./peer";

type Deposited = { type: "MoneyDeposited"; data: { minorUnits: string; currency: string; reference: string } };
type Account = { balance: bigint };
type Store = {
  schema: { migrate(): Promise<unknown> };
  appendToStream(stream: string, events: Deposited[], options: { expectedStreamVersion: bigint }): Promise<unknown>;
};
type Handler = (store: Store, stream: string, decide: (state: Account) => Deposited) => Promise<unknown>;
type Postgres = { getPostgreSQLEventStore(url: string, options: { connectionOptions: { pool: pg.Pool } }): Store };
type Emmett = {
  CommandHandler(options: { evolve: (state: Account, event: Deposited) => Account; initialState: () => Account }): Handler;
};

const triesMax = 500;
const deposited: Deposited = {
  type: "MoneyDeposited",
  data: { minorUnits: "100", currency: "EUR", reference: "x".repeat(150) },
};

/** Emmett on the same server, through a pool as wide as ours: one event to a new stream, and one command on a shared one, tried until it is through. */
export async function emmettPeer(url: string, pool: pg.Pool) {
  const { getPostgreSQLEventStore } = await importPeer<Postgres>("@event-driven-io/emmett-postgresql");
  const { CommandHandler } = await importPeer<Emmett>("@event-driven-io/emmett");
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  const handle = CommandHandler({
    evolve: ({ balance }, { data }) => ({ balance: balance + BigInt(data.minorUnits) }),
    initialState: () => ({ balance: 0n }),
  });
  return {
    append: () => store.appendToStream(`account-${randomUUID()}`, [deposited], { expectedStreamVersion: 0n }),
    async command(stream: string): Promise<void> {
      for (let tries = 0; tries < triesMax; tries++) {
        try {
          await handle(store, stream, () => deposited);
          return;
        } catch (error) {
          if (!/version|conflict|expected/i.test(String(error))) throw error;
        }
      }
      throw new Error(`a command on a hot stream lost ${triesMax} times`);
    },
  };
}
