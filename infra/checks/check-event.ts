import { EventFromNewerBuild } from "../event-log/codec/unreadable-event";
import { hashEvent, noHash } from "../event-log/hash";
import { type StoredEventRow, storedEvent } from "../event-log/read";
import type { StoredEvent } from "../event-log/stored-event";
import { eventPlace, Fault } from "./fault";

/** What a check has to know of the book. */
export type CheckedBook = { id: string; createdAt: Date; seedingFinishedAt: Date | null };

/** What an event follows in its stream. */
export type Link = { version: number; hash: Buffer; position: bigint };

/** Stands before version 1. */
export const noLink: Link = { version: 0, hash: noHash, position: 0n };

const dayMs = 86_400_000;

/**
 * Holds one event against the one before it in its stream, and against what the bank writes: version, hash, form, times.
 * Sealer, verifier and `verify` all check by this. @throws Fault, or EventFromNewerBuild for an event with a sound hash that
 * only a newer build can read.
 */
export function checkEvent(before: Link, raw: StoredEventRow, book: CheckedBook): StoredEvent {
  const fail = (what: string) => new Fault(eventPlace(raw), what, raw);
  if (raw.version !== before.version + 1) throw fail(`the version before it is ${before.version}`);
  if (before.version > 0 && before.position >= raw.position)
    throw fail(`the event before it in its account stands behind it, at position ${before.position}`);
  const expected = attempt(fail, () => hashEvent(before.hash, { ...raw, bookId: book.id }));
  if (!raw.hash.equals(expected)) throw fail(`its hash is ${written(raw.hash)}, and should be ${written(expected)}`);
  const stored = attempt(fail, () => storedEvent(raw));
  const wrong = wrongTime(stored, book);
  if (wrong) throw fail(wrong);
  return stored;
}

/** In quotes, as every value in a fault. */
const written = (hash: Buffer) => JSON.stringify(hash.toString("hex"));

/**
 * Bounds of a day for clocks: a database whose clock is set back stamps no earlier than its last event, so decisions of hours
 * may carry the later time. No command names a time of effect yet.
 */
function wrongTime({ metadata, recordedAt, effectiveAt }: StoredEvent, book: CheckedBook): string | undefined {
  const decidedAt = Date.parse(metadata.decidedAt);
  const { seedingFinishedAt } = book;
  if (effectiveAt !== null) return `takes effect at ${effectiveAt.toISOString()}, which no command asked for`;
  if (metadata.imported && seedingFinishedAt && recordedAt > seedingFinishedAt)
    return `says that it was imported, and was recorded after imports had ended at ${seedingFinishedAt.toISOString()}`;
  if (decidedAt > recordedAt.getTime() + dayMs)
    return `was decided at ${metadata.decidedAt}, after it was recorded at ${recordedAt.toISOString()}`;
  if (!metadata.imported && decidedAt < book.createdAt.getTime() - dayMs)
    return `was decided at ${metadata.decidedAt}, before the book was made`;
  if (!(Math.abs(Date.parse(metadata.bankDate) - decidedAt) <= 2 * dayMs))
    return `has the bank date ${metadata.bankDate}, and was decided at ${metadata.decidedAt}`;
  return undefined;
}

/** What cannot be read or hashed is a fault of the event, not of the program. A newer build's event is none. */
function attempt<T>(fail: (what: string) => Fault, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof EventFromNewerBuild) throw error;
    throw fail(error instanceof Error ? error.message : String(error));
  }
}
