import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import { inOneWrite } from "@/infra/postgres/in-one-write";
import { type Checkpoint, type CheckpointMove, lockCheckpoint, moveCheckpoint } from "./checkpoints/checkpoints";
import { heldVersions } from "./parked/parked-rows";

/** What a step finds once it has its reader's row. `early`: what the caller asked to be read along, under the row's lock. */
export type Standing<E> = { checkpoint: Checkpoint; held: ReadonlyMap<AccountId, number>; early: E };

/**
 * A transaction that holds a reader's checkpoint. Its first four queries go out together, and so do the last two: a reader that keeps up handles an event or
 * two a step, and what such a step costs is its round trips. Undefined: another runner has the row. Where `work` gives no move, all is rolled back.
 */
export async function stepTransaction<S, E>(
  pool: pg.Pool,
  name: string,
  early: (client: pg.PoolClient) => Promise<E>,
  work: (client: pg.PoolClient, standing: Standing<E>) => Promise<{ step: S; move: CheckpointMove | null }>,
): Promise<S | undefined> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const giveUp = () =>
    client.query("rollback").catch((cause: Error) => {
      broken = cause; // the connection itself is gone: do not give it back to the pool
    });
  try {
    const [, checkpoint, held, read] = await inOneWrite(client, () =>
      Promise.all([client.query(begin), lockCheckpoint(client, name), heldVersions(client, name), early(client)]),
    );
    const done = checkpoint && (await work(client, { checkpoint, held, early: read }));
    if (done?.move) await commitWith(client, done.move);
    else await giveUp();
    return done?.step;
  } catch (error) {
    await giveUp();
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * For every transaction in which a reader applies events. Who freezes or loses its host gives its locks back. No sequential scans: plans are kept, and the
 * first ones are made on empty tables.
 */
export const stepSettings =
  "set local idle_in_transaction_session_timeout = '10s'; set local statement_timeout = '60s'; set local enable_seqscan = off";

const begin = `begin isolation level read committed; ${stepSettings}`;

async function commitWith(client: pg.PoolClient, move: CheckpointMove): Promise<void> {
  const [, { command }] = await inOneWrite(client, () => Promise.all([moveCheckpoint(client, move), client.query("commit")]));
  if (command !== "COMMIT") throw new Error(`the step of ${move.name} was not committed: ${command}`); // a query that nobody awaited had failed
}
