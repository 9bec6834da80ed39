import pg from "pg";

/** One connection a client for up to 64, let go soon after: the pools of several peers together would be more than the server takes. */
export function widePool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 64, idleTimeoutMillis: 300 });
  pool.on("error", () => {}); // a connection that dies is an error of its query
  return pool;
}
