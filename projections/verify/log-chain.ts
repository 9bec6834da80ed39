import { type Account, evolve, unopened } from "@/domain/account/account";
import { type AccountId, eventName } from "@/domain/ids";
import { hashEvent, noHash } from "@/infra/event-log/hash";
import { storedEvent } from "@/infra/event-log/read";
import type { StoredEvent } from "@/infra/event-log/stored-event";
import { Fault, mustEqual } from "./fault";

export type RawEvent = Parameters<typeof storedEvent>[0];

/** What stands after the last checked event of a stream. */
export type Stream = { version: number; hash: Buffer; account: Account; position: bigint };

/** Follows the log from its first event and holds every one against those before it. Throws the first fault. */
export function createLogChain(bookId: string) {
  const streams = new Map<AccountId, Stream>();
  let position = 0n;
  let recordedAt = new Date(Number.NEGATIVE_INFINITY);

  return {
    streams: streams as ReadonlyMap<AccountId, Stream>,
    get position(): bigint {
      return position;
    },
    /** The event, and its account after it. */
    check(raw: RawEvent): { stored: StoredEvent; account: Account } {
      const where = `event ${eventName(raw.streamId, raw.version)} at position ${raw.position}`;
      if (raw.position !== position + 1n)
        throw new Fault(where, `the position before it is ${position}: ${raw.position - position - 1n} missing`);
      const before = streams.get(raw.streamId) ?? { version: 0, hash: noHash, account: unopened, position: 0n };
      if (raw.version !== before.version + 1) throw new Fault(where, `the version before it is ${before.version}`);
      if (raw.recordedAt < recordedAt)
        throw new Fault(where, `recorded at ${raw.recordedAt.toISOString()}, before its predecessor`);
      mustEqual(
        where,
        "its hash",
        raw.hash,
        attempt(where, () => hashEvent(before.hash, { ...raw, bookId })),
      );
      const stored = attempt(where, () => storedEvent(raw));
      const account = attempt(where, () => evolve(before.account, stored.event));

      position = raw.position;
      recordedAt = raw.recordedAt;
      streams.set(raw.streamId, { version: raw.version, hash: raw.hash, account, position });
      return { stored, account };
    },
  };
}

/** What cannot be read, hashed or folded is a fault of the event, not of the program. */
function attempt<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Fault(where, error instanceof Error ? error.message : String(error));
  }
}
