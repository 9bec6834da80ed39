import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { sqlState } from "../parked/blames-events";
import type { Fill } from "./fill";
import { goesOn } from "./state";

const lookEveryMs = 250;
const queryCanceled = "57014";

/**
 * Runs a statement that may take minutes, on a connection of its own, and breaks it off where somebody cancels the rebuild or the process is to
 * end: both would have to wait for it, a cancel because of the lock that it has on the shadow. Undefined: broken off.
 */
export async function unlessCalledOff<T>(
  {
    runtime: {
      pools: { projector: pool },
    },
    reader,
    signal,
  }: Pick<Fill, "runtime" | "reader" | "signal">,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect();
  const done = new AbortController();
  let isCalledOff = false;
  const watch = async (pid: number) => {
    const wake = AbortSignal.any([done.signal, signal]);
    for (;;) {
      await delay(lookEveryMs, undefined, isCalledOff ? { signal: done.signal } : { signal: wake }).catch(() => {});
      if (done.signal.aborted) return;
      isCalledOff ||= signal.aborted || !(await goesOn(pool, reader.name).catch(() => true));
      if (isCalledOff && !done.signal.aborted) await pool.query("select pg_cancel_backend($1)", [pid]).catch(() => {});
    }
  };
  let watching: Promise<void> | undefined;
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    if (rows[0]) watching = watch(rows[0].pid);
    return await work(client);
  } catch (error) {
    if (isCalledOff && sqlState(error) === queryCanceled) return undefined;
    throw error;
  } finally {
    done.abort();
    await watching;
    client.release(isCalledOff); // a cancel that came late must not meet the next one who borrows it
  }
}
