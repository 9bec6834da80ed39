import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { EventMetadata } from "./codec/metadata";

/** One row of the book, lifted to the newest shape of its type. */
export type StoredEvent = {
  position: bigint;
  streamId: AccountId;
  version: number;
  /** Version of the shape that was written; `event` is already the newest. */
  schemaVersion: number;
  event: AccountEvent;
  metadata: EventMetadata;
  /** Only what the command gave; readers use `effectiveAt ?? recordedAt`. */
  effectiveAt: Date | null;
  recordedAt: Date;
  hash: Buffer;
};

/** An event as those who follow the log are given it: links and stored shape are for `verify` and for whoever shows the event. */
export type LogEvent = Omit<StoredEvent, "schemaVersion" | "hash">;
