import { parseEventName } from "@/domain/ids";
import { EventFromNewerBuild } from "@/infra/event-log/codec/unreadable-event";
import { readStream } from "@/infra/event-log/read";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import type { AccountView } from "./account";

/** An event that this build is too old to read; what was asked for stands on it. */
export type NewerEvent = { kind: "newer_event"; version: number; shape: string };

/** What was read from the log; or the event of a newer build that stood in the way, which is a thing to tell and no crash. */
export async function readable<T extends object>(reading: Promise<T>): Promise<T | NewerEvent> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof EventFromNewerBuild) || !error.event) throw error;
    logger.error({ err: error }, "an account holds an event of a newer build");
    const version = parseEventName(error.event)?.version ?? 0;
    return { kind: "newer_event", version, shape: `${error.type}, version ${error.schemaVersion}` };
  }
}

export function isNewerEvent(read: object): read is NewerEvent {
  return "kind" in read && read.kind === "newer_event";
}

const eventsMax = 50;

/** What stops the read models from showing more of this account, where it is an event of a newer build. */
export async function newerEvent({ accountId, version, freshness }: AccountView): Promise<NewerEvent | undefined> {
  if (!freshness.behind) return undefined;
  const read = await readable(readStream(runtime().pool, accountId, { fromVersion: version + 1, limit: eventsMax }));
  return isNewerEvent(read) ? read : undefined;
}
