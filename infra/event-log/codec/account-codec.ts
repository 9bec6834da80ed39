import type { AccountEvent } from "@/domain/account/events";
import type { EventName } from "@/domain/ids";
import { accountClosed } from "./account-closed";
import { accountOpened } from "./account-opened";
import { moneyDeposited } from "./money-deposited";
import { moneyWithdrawn } from "./money-withdrawn";
import type { DataOf, EventType, StoredData, StoredType } from "./stored-type";
import { EventFromNewerBuild, MisshapenEvent } from "./unreadable-event";

export type EncodedEvent = { type: EventType; schemaVersion: number; data: StoredData };

const storedTypes: { readonly [T in EventType]: StoredType<T> } = {
  AccountOpened: accountOpened,
  MoneyDeposited: moneyDeposited,
  MoneyWithdrawn: moneyWithdrawn,
  AccountClosed: accountClosed,
};

/** The event as the log stores it, in the newest version of its type. @throws for personal text in clear. */
export function encodeEvent(event: AccountEvent): EncodedEvent {
  return { type: event.type, schemaVersion: newestVersion(event.type), data: written(event) };
}

/**
 * A stored event of any version ever written, lifted to the newest shape: everything behind the codec knows only that one.
 * `name` is for the message. @throws EventFromNewerBuild for a type or version this build does not know, MisshapenEvent for anything else
 * that is wrong.
 */
export function decodeEvent(type: string, schemaVersion: number, data: unknown, name?: EventName): AccountEvent {
  if (!isEventType(type)) throw new EventFromNewerBuild({ type, schemaVersion }, undefined, name);
  return { type, data: lifted(type, schemaVersion, data, name) } as AccountEvent;
}

/** The version that this build writes. */
export function newestVersion(type: EventType): number {
  return storedTypes[type].older.length + 1;
}

export const eventTypes = Object.keys(storedTypes) as readonly EventType[];

function written<T extends EventType>(event: { type: T; data: DataOf<T> }): StoredData {
  const { write }: StoredType<T> = storedTypes[event.type];
  return write(event.data);
}

function lifted<T extends EventType>(type: T, schemaVersion: number, data: unknown, name: EventName | undefined): DataOf<T> {
  const { older, upcasts, read }: StoredType<T> = storedTypes[type];
  const newestVersion = older.length + 1;
  if (schemaVersion > newestVersion) throw new EventFromNewerBuild({ type, schemaVersion }, newestVersion, name);
  try {
    if (schemaVersion === newestVersion) return read(data);
    const schema = older[schemaVersion - 1];
    if (schema === undefined) throw new Error("Versions count from 1");
    schema.parse(data); // as strict with the past as with the present
    return read(upcasts.slice(schemaVersion - 1).reduce((stored, lift) => lift(stored), data as StoredData));
  } catch (cause) {
    throw new MisshapenEvent({ type, schemaVersion }, name, { cause });
  }
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(storedTypes, type);
}
