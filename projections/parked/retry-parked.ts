import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import { type ReadEvent, readStreamUntil } from "@/infra/event-log/read";
import type { LogEvent } from "@/infra/event-log/stored-event";
import type { Db } from "@/infra/postgres/connect";
import { transaction } from "@/infra/postgres/transaction";
import { awaitCheckpoint } from "../checkpoints/checkpoints";
import type { LogReader, Projector, ReaderKeys } from "../log-reader";
import { logReaders } from "../registry";
import { stepSettings } from "../step-transaction";
import { applyApart } from "./apply-apart";
import { faultWords } from "./fault-words";
import { type Held, heldVersion, moveHeld, recordTry, release } from "./parked-rows";

const eventsPerChunk = 2_000;

/**
 * `posted`: all that waited was applied, and the account goes with the others again. `held`: still, at this event. `unfinished`: the time
 * ran out on the way; what was applied stays. `superseded`: a newer build feeds the reader. `outdated`: its next step makes it anew, from the
 * first event, and holds nobody.
 */
export type RetryOutcome = { events: number } & (
  | { kind: "posted" | "not_held" | "unfinished" | "superseded" | "outdated" }
  | { kind: "held"; version: number; error: string }
);

type Limits = { msMax?: number; readers?: readonly LogReader[]; chunkMax?: number };

/**
 * Applies the events of an account that a reader holds, in order, as far as the reader has come. Chunk by chunk, each with how far it came in
 * one transaction: killed in the middle, the next retry goes on there. Other accounts go on meanwhile.
 * @throws trouble of the machine, an event of a newer build, a reader's row that stays busy for 15 s. Nothing is lost by it.
 */
export async function retryParked(
  { pools: { projector: pool }, keys }: Projector,
  { reader: name, accountId }: { reader: string; accountId: AccountId },
  { msMax = 20_000, readers = logReaders, chunkMax = eventsPerChunk }: Limits = {},
): Promise<RetryOutcome> {
  const reader = readers.find((candidate) => candidate.name === name);
  if (!reader) throw new Error(`There is no reader "${name}".`);
  const deadline = performance.now() + msMax;
  let events = 0;
  while (performance.now() < deadline) {
    const chunk = await transaction(pool, (client) => retryChunk(client, { reader, keys, accountId, chunkMax }));
    events += chunk.events;
    if (chunk.kind !== "unfinished") return { ...chunk, events };
  }
  return { kind: "unfinished", events };
}

type Chunk = { reader: LogReader; keys: ReaderKeys; accountId: AccountId; chunkMax: number };

async function retryChunk(client: pg.PoolClient, { reader, keys, accountId, chunkMax }: Chunk): Promise<RetryOutcome> {
  await client.query(`${stepSettings}; set local lock_timeout = '15s'`);
  const checkpoint = await awaitCheckpoint(client, reader.name); // its holder is the only one who parks and releases
  if (!checkpoint) return { kind: "not_held", events: 0 };
  if (checkpoint.revision > reader.revision) return { kind: "superseded", events: 0 };
  if (checkpoint.revision < reader.revision) return { kind: "outdated", events: 0 };
  const from = await heldVersion(client, reader.name, accountId);
  if (from === undefined) return { kind: "not_held", events: 0 };

  const { position } = checkpoint;
  const read = await readStreamUntil(client, accountId, { fromVersion: from, position, limit: chunkMax });
  const { sound, damage } = upToDamage(read);
  const failed = await applyApart(client, { reader, keys, heldMax: 1 }, sound);
  const held = failed.get(accountId) ?? damage;
  if (held) {
    await recordTry(client, reader.name, held);
    return { kind: "held", version: held.version, error: held.error, events: held.version - from };
  }
  // Not by the length of the page: it ends before an event of a newer build, which a newer process may have passed.
  const next = await firstFrom(client, accountId, from + sound.length, position);
  if (next) await moveHeld(client, reader.name, next);
  else await release(client, reader.name, accountId);
  return { kind: next ? "unfinished" : "posted", events: sound.length };
}

function upToDamage(events: readonly ReadEvent[]): { sound: LogEvent[]; damage: Held | undefined } {
  const sound: LogEvent[] = [];
  for (const event of events) {
    if (!("damage" in event)) sound.push(event);
    else {
      const { streamId: accountId, version, position } = event;
      return { sound, damage: { accountId, version, position, error: faultWords(event.damage) } };
    }
  }
  return { sound, damage: undefined };
}

async function firstFrom(
  db: Db,
  accountId: AccountId,
  version: number,
  position: bigint,
): Promise<Omit<Held, "error"> | undefined> {
  const { rows } = await db.query<Omit<Held, "error">>(
    `select e.stream_id as "accountId", e.version, e.position from events e
      where e.stream_id = $1 and e.version >= $2 and e.position <= $3 order by e.version limit 1`,
    [accountId, version, position],
  );
  return rows[0];
}
