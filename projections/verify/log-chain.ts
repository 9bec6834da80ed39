import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { type CheckedBook, checkEvent, type Link, noLink } from "@/infra/checks/check-event";
import { evolved } from "@/infra/checks/check-stream";
import { eventPlace, Fault, NewerThanBuild } from "@/infra/checks/fault";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { type StoredEventRow, storedEvent } from "@/infra/event-log/read";
import type { StoredEvent } from "@/infra/event-log/stored-event";
import { instant } from "@/infra/rows/stored-column";

/** What stands after the last checked event of a stream. */
export type Stream = Link & { account: Account };

/** Undefined: an accepted event that cannot be read. */
export type ChainedEvent = { stored: StoredEvent; account: Account } | undefined;

/**
 * Follows the log from its first event and holds every one against those before it. Throws the first fault. An event that
 * `isAccepted` knows may break the chain: what follows it is held against it as it stands.
 */
export function createLogChain(book: CheckedBook, isAccepted: (raw: StoredEventRow) => boolean = () => false) {
  const streams = new Map<AccountId, Stream>();
  let position = 0n;
  let recordedAt = new Date(Number.NEGATIVE_INFINITY);

  function follow(raw: StoredEventRow, before: Stream): ChainedEvent {
    try {
      const stored = checkEvent(before, raw, book);
      return { stored, account: evolved(before.account, stored) };
    } catch (error) {
      if (error instanceof Fault && isAccepted(raw)) return asItStands(raw, before);
      throw error instanceof EventFromNewerBuild ? new NewerThanBuild(eventPlace(raw), error.message, raw) : error;
    }
  }

  return {
    streams: streams as ReadonlyMap<AccountId, Stream>,
    get position(): bigint {
      return position;
    },
    /** The event, and its account after it. */
    check(raw: StoredEventRow): ChainedEvent {
      const where = eventPlace(raw);
      if (raw.position !== position + 1n)
        throw new Fault(where, `the position before it is ${position}: ${raw.position - position - 1n} missing`);
      if (raw.recordedAt < recordedAt)
        throw new Fault(
          where,
          `recorded at ${instant(raw.recordedAt)?.toISOString() ?? "no instant"}, before its predecessor`,
          raw,
        );
      const before = streams.get(raw.streamId) ?? { ...noLink, account: unopened };
      const event = follow(raw, before);
      position = raw.position;
      recordedAt = raw.recordedAt;
      streams.set(raw.streamId, { version: raw.version, hash: raw.hash, position, account: event?.account ?? before.account });
      return event;
    },
  };
}

function asItStands(raw: StoredEventRow, before: Stream): ChainedEvent {
  try {
    const stored = storedEvent(raw);
    return { stored, account: evolve(before.account, stored.event) };
  } catch {
    return undefined;
  }
}
