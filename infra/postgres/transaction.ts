import type pg from "pg";

export type TransactionMode = "read committed" | "repeatable read read only";

/** Runs `work` in one transaction on one connection; rolls back and rethrows on any error. */
export async function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  mode: TransactionMode = "read committed",
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin isolation level ${mode}`);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      broken = cause; // the connection itself is gone: do not give it back to the pool
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
