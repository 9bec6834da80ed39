import { parseEventName } from "@/domain/ids";
import {
  EventFromNewerBuild,
  isUnreadableEvent,
  type UnreadableEvent as StoredFault,
} from "@/infra/event-log/codec/unreadable-event";
import { readStream } from "@/infra/event-log/read";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import type { AccountView } from "./account";

/** An event that this build is too old to read; what was asked for stands on it. */
export type NewerEvent = { kind: "newer_event"; version: number; shape: string };

/** An event that is damaged, or that cannot have happened; `version` null where only the reading of several failed. */
export type DamagedEvent = { kind: "damaged_event"; version: number | null };

export type UnreadableEvent = NewerEvent | DamagedEvent;

/** What was read from the log; or the event that stood in the way, which is a thing to tell and no crash. */
export async function readable<T extends object | undefined>(reading: Promise<T>): Promise<T | UnreadableEvent> {
  try {
    return await reading;
  } catch (error) {
    if (!isUnreadableEvent(error) || (error instanceof EventFromNewerBuild && !error.event)) throw error;
    return unreadableEventOf(error);
  }
}

/** The event that an error speaks of, for a screen and with a line in the log. `version`: where the caller knows it. */
export function unreadableEventOf(error: StoredFault, version?: number): UnreadableEvent {
  const named = "event" in error && error.event ? parseEventName(error.event)?.version : undefined;
  if (error instanceof EventFromNewerBuild) {
    logger.error({ err: error }, "an account holds an event of a newer build");
    return { kind: "newer_event", version: version ?? named ?? 0, shape: `${error.type}, version ${error.schemaVersion}` };
  }
  logger.error({ err: error }, "an account holds an event that cannot be read: run verify");
  return { kind: "damaged_event", version: version ?? named ?? null };
}

export function isUnreadable(read: object): read is UnreadableEvent {
  return "kind" in read && (read.kind === "newer_event" || read.kind === "damaged_event");
}

const eventsMax = 50;

/** What stops the read models from showing more of this account, where it is an event that this build cannot read. */
export async function unreadableEvent({ accountId, version, freshness }: AccountView): Promise<UnreadableEvent | undefined> {
  if (!freshness.behind || freshness.heldAt !== undefined) return undefined;
  const read = await readable(readStream(runtime().pool, accountId, { fromVersion: version + 1, limit: eventsMax }));
  return isUnreadable(read) ? read : undefined;
}
