import type pg from "pg";

/**
 * What `ask` asks of a connection before it first waits goes out in one write to the socket. A write, with the waking of whom it is for, costs more
 * than most of the small queries in it.
 */
export function inOneWrite<T>(client: pg.PoolClient, ask: () => T): T {
  const { stream } = client.connection;
  stream.cork();
  try {
    return ask();
  } finally {
    stream.uncork();
  }
}
