import type pg from "pg";
import { createClient, type Db } from "@/infra/postgres/connect";

export type WriterTimes = { queryMsMax: number; lockMsMax: number; transactionMsMax: number };

export const writerTimes: WriterTimes = { queryMsMax: 10_000, lockMsMax: 3_000, transactionMsMax: 8_000 };

export type Writer = ReturnType<typeof createWriter>;

export type WriterOptions = {
  times?: WriterTimes;
  /** Further settings of the connection. */
  setUp?: readonly string[];
  /** Throws where nothing may be written, as on a book that this build is too old for. */
  check?: (db: Db) => Promise<void>;
};

/** The executor's one writing connection. Made when first needed, made anew after `reset`. */
export function createWriter(url: string, { times = writerTimes, setUp = [], check = async () => {} }: WriterOptions = {}) {
  let current: Promise<pg.Client> | undefined;

  async function connect(): Promise<pg.Client> {
    const client = createClient(url, "daybook executor", { queryMsMax: times.queryMsMax });
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
    const settings = [
      "set default_transaction_isolation = 'read committed'", // a higher level would void append_events' fresh snapshots
      "set synchronous_commit = on",
      "set enable_seqscan = off", // plans cached on an empty book (log-review 1.6)
      "set plan_cache_mode = force_generic_plan", // the append's comparison of versions was planned anew each time: 0.1 of 0.45 ms
      `set lock_timeout = ${times.lockMsMax}`,
      `set statement_timeout = ${times.transactionMsMax}`, // a shorter one, set for the whole server, would never let a large batch through
      // Frees the gate from a client that froze while it held it; older servers rely on the watchdog.
      ...(Number(rows[0]?.server_version_num) >= 170_000 ? [`set transaction_timeout = ${times.transactionMsMax}`] : []),
      ...setUp,
    ];
    await client.query(settings.join(";"));
    try {
      await check(client);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    return client;
  }

  return {
    client(): Promise<pg.Client> {
      current ??= connect().catch((error: unknown) => {
        current = undefined;
        throw error;
      });
      return current;
    },
    /** Drops the connection; whatever was in flight may still be committed by the server. */
    async reset(): Promise<void> {
      const old = current;
      current = undefined;
      const client = await old?.catch(() => undefined);
      void client?.end().catch(() => {});
    },
  };
}
