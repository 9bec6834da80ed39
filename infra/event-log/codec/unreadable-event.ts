import { ImpossibleEvent } from "@/domain/account/account";
import type { EventName } from "@/domain/ids";
import { build } from "@/infra/config/build";

/** What of a stored event is of which version: the event's own type, or the metadata around it. */
export type StoredShape = { type: string; schemaVersion: number | string };

/**
 * The log holds a type or a version that this build does not know: it was written by a newer one. Whoever reads stops there and says so:
 * nothing is skipped, and nothing is lost, since the log stays as it is.
 */
export class EventFromNewerBuild extends Error {
  readonly type: string;
  readonly schemaVersion: number | string;
  /** Undefined only where no stored event is read. */
  readonly event: EventName | undefined;
  constructor({ type, schemaVersion }: StoredShape, known: number | string | undefined, event: EventName | undefined) {
    const limit = known === undefined ? `does not know ${type}` : `knows ${type} up to version ${known}`;
    super(
      `${event ? `Event ${event}` : "An event"} is ${type} version ${schemaVersion}, written by a newer Daybook: this build (${build()}) ${limit}. Nothing was skipped: start the newer build.`,
    );
    this.name = "EventFromNewerBuild";
    this.type = type;
    this.schemaVersion = schemaVersion;
    this.event = event;
  }
}

/** The stored JSON has not the shape of its type and version: the log was altered, or written by something else. */
export class MisshapenEvent extends Error {
  /** Undefined only where no stored event is read. */
  readonly event: EventName | undefined;
  constructor({ type, schemaVersion }: StoredShape, event: EventName | undefined, options: { cause: unknown }) {
    super(
      `${event ? `Event ${event}` : "An event"}, ${type} version ${schemaVersion}, has not the shape of its version`,
      options,
    );
    this.name = "MisshapenEvent";
    this.event = event;
  }
}

/** Why an event cannot be read, or cannot have happened after those before it. */
export type UnreadableEvent = EventFromNewerBuild | MisshapenEvent | ImpossibleEvent;

export function isUnreadableEvent(error: unknown): error is UnreadableEvent {
  return error instanceof EventFromNewerBuild || error instanceof MisshapenEvent || error instanceof ImpossibleEvent;
}
