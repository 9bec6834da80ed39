import type pg from "pg";
import { type AccountId, eventName } from "@/domain/ids";
import type { ReadEvent } from "@/infra/event-log/read";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { logger } from "@/infra/logging/logger";
import type { LogReader, ReaderKeys } from "../log-reader";
import { applyApart, BrokenFold } from "./apply-apart";
import { faultWords } from "./fault-words";
import { forgetHeld, type Held, recordHeld } from "./parked-rows";

/** Accounts that a reader may hold at once. One more, and it is the fold that is broken: see docs/decisions/0006. */
export const HELD_ACCOUNTS_MAX = 50;

/**
 * Gives a reader the next events of the log. An account whose event cannot be applied is held from there, and all others go on; later events
 * of an account that is held are left out, since they wait in the log. In the caller's transaction, under the lock of the checkpoint row,
 * which the caller then moves behind the last of `events`. `before`: whom the reader holds already, read under that lock. Returns the accounts that are held from now on.
 * @throws trouble of the machine, and `BrokenFold`: then nothing may be committed.
 */
export async function applyOrPark(
  client: pg.PoolClient,
  { reader, keys, before }: { reader: LogReader; keys: ReaderKeys; before: ReadonlyMap<AccountId, number> },
  events: readonly ReadEvent[],
): Promise<readonly Held[]> {
  const { sound, damaged } = sort(events, before);
  const failed = await applyApart(client, { reader, keys, heldMax: HELD_ACCOUNTS_MAX }, sound);
  const held = [...new Map([...damaged, ...failed]).values()]; // what failed stands before the damage
  if (held.length === 0) return held;
  if (new Set([...before.keys(), ...held.map(({ accountId }) => accountId)]).size > HELD_ACCOUNTS_MAX)
    throw new BrokenFold(reader.name, held);
  await recordHeld(client, reader.name, held);
  for (const { accountId, version, error } of held)
    logger.error({ projection: reader.name, event: eventName(accountId, version), error }, "account held: its later events wait");
  return held;
}

/** Before a reader starts anew from the first event: nobody is held any more. */
export async function clearReader(client: pg.PoolClient, reader: LogReader): Promise<void> {
  await reader.clear(client);
  await forgetHeld(client, reader.name);
}

function sort(
  events: readonly ReadEvent[],
  before: ReadonlyMap<AccountId, number>,
): { sound: LogEvent[]; damaged: Map<AccountId, Held> } {
  const sound: LogEvent[] = [];
  const damaged = new Map<AccountId, Held>();
  for (const event of events) {
    const { streamId: accountId, version, position } = event;
    // A checkpoint that was set back brings events from before the one it is held at: they are applied as ever, and change nothing.
    if (version >= (before.get(accountId) ?? Number.POSITIVE_INFINITY) || damaged.has(accountId)) continue;
    if ("damage" in event) damaged.set(accountId, { accountId, version, position, error: faultWords(event.damage) });
    else sound.push(event);
  }
  return { sound, damaged };
}
