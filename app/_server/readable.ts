import { ImpossibleEvent } from "@/domain/account/account";
import { parseEventName } from "@/domain/ids";
import { EventFromNewerBuild, MisshapenEvent } from "@/infra/event-log/codec/unreadable-event";
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
    if (error instanceof ImpossibleEvent || error instanceof MisshapenEvent) return damaged(error);
    if (!(error instanceof EventFromNewerBuild) || !error.event) throw error;
    logger.error({ err: error }, "an account holds an event of a newer build");
    const version = parseEventName(error.event)?.version ?? 0;
    return { kind: "newer_event", version, shape: `${error.type}, version ${error.schemaVersion}` };
  }
}

function damaged(error: ImpossibleEvent | MisshapenEvent): DamagedEvent {
  logger.error({ err: error }, "an account holds an event that cannot be read: run verify");
  const event = error instanceof MisshapenEvent ? error.event : undefined;
  return { kind: "damaged_event", version: (event && parseEventName(event)?.version) ?? null };
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
