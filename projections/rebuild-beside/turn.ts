import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/** `lost`: the connection ended, and with it the lock: another process may be at it now. */
export type Turn = { readonly lost: AbortSignal; end(): Promise<void> };

const lockClass = 0x0da7b00d; // of rebuilds; a second number tells which
const beatsPerSilence = 6;

/**
 * After so long without a word from its process, the database ends the connection that holds a
 * turn.
 */
export const silentMsMax = 60_000;

/**
 * The turn of carrying out one read model's rebuild; undefined while another process has it. It is
 * a lock of the session, since a transaction that is open all the time would keep every swap
 * waiting. It ends with its process, and a process that is frozen loses it as well.
 */
export async function takeTurn(pool: pg.Pool, name: string, silenceMsMax = silentMsMax): Promise<Turn | undefined> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ ours: boolean }>("select pg_try_advisory_lock($1, hashtext($2)) as ours", [
      lockClass,
      name,
    ]);
    if (rows[0]?.ours) {
      await client.query(`set idle_session_timeout = ${silenceMsMax}`);
      return kept(client, name, silenceMsMax / beatsPerSilence);
    }
  } catch (error) {
    client.release(true); // with the lock, if it had that already
    throw error;
  }
  client.release();
  return undefined;
}

function kept(client: pg.PoolClient, name: string, beatMs: number): Turn {
  const lost = new AbortController();
  const ending = new AbortController();
  const lose = () => lost.abort();
  client.once("end", lose);
  const beat = async () => {
    while (!ending.signal.aborted && !lost.signal.aborted) {
      await delay(beatMs, undefined, { signal: AbortSignal.any([ending.signal, lost.signal]) }).catch(() => {});
      await client.query("select").catch(lose);
    }
  };
  const beating = beat();
  return {
    lost: lost.signal,
    async end() {
      ending.abort();
      await beating;
      client.off("end", lose);
      await client.query("select pg_advisory_unlock($1, hashtext($2))", [lockClass, name]).catch(() => {});
      client.release(true); // nobody else is to inherit its time limit
    },
  };
}
