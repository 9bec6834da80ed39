import type { Actor } from "@/domain/access/policy";
import type { RecordedSource } from "@/domain/account/deposit-source";
import type { AccountEvent } from "@/domain/account/events";
import { type EventName, eventName } from "@/domain/ids";
import type { Money } from "@/domain/money/money";
import type { StoredEvent } from "../event-log/stored-event";
import { descriptionOf } from "../personal-text/description-of";
import { type OpenedText, openMany } from "../personal-text/open-texts";
import type { Db } from "../postgres/connect";

/** Who did it, as far as this viewer may know: to customers, staff is "a member of staff". */
export type Doer =
  | { kind: "you" }
  | { kind: "holder" }
  | { kind: "staff" }
  | { kind: "person"; userId: string; role: string }
  | { kind: "job"; name: string };

/** One event for a screen. Holds nothing that the viewer may not see. */
export type EventView = {
  name: EventName;
  version: number;
  position: bigint;
  /** Hex; pins a link to this history. */
  hash: string;
  type: AccountEvent["type"];
  recordedAt: Date;
  effectiveAt: Date | null;
  amount: Money | null;
  /** How a deposit came in; null for every other event. */
  source: RecordedSource | null;
  /** Null: none was written, or it was erased, or it does not open. */
  description: string | null;
  /** A description was written, and its account's key destroyed since. */
  erased: boolean;
  /** A description was written, and it or its key is not what it was. */
  unopened: boolean;
  by: Doer;
};

export async function eventViews(db: Db, masterKey: Buffer, actor: Actor, events: readonly StoredEvent[]): Promise<EventView[]> {
  const descriptions = await openMany(db, masterKey, events.map(descriptionOf));
  return events.map((stored, i) => ({
    name: eventName(stored.streamId, stored.version),
    version: stored.version,
    position: stored.position,
    hash: stored.hash.toString("hex"),
    type: stored.event.type,
    recordedAt: stored.recordedAt,
    effectiveAt: stored.effectiveAt,
    amount: "amount" in stored.event.data ? stored.event.data.amount : null,
    source: stored.event.type === "MoneyDeposited" ? stored.event.data.source : null,
    ...descriptionView(descriptions[i] ?? { kind: "none" }),
    by: doerOf(stored.metadata, actor),
  }));
}

function descriptionView(opened: OpenedText): Pick<EventView, "description" | "erased" | "unopened"> {
  return {
    description: opened.kind === "clear" ? opened.text : null,
    erased: opened.kind === "erased",
    unopened: opened.kind === "unopened",
  };
}

/** Staff may know who it was, with the role held then. */
export function doerForStaff(actor: string, role: string): Doer {
  return actor.startsWith("job:") ? { kind: "job", name: actor.slice(4) } : { kind: "person", userId: actor, role };
}

function doerOf({ actor: by, role, authStrength }: StoredEvent["metadata"], viewer: Actor): Doer {
  if (by === viewer.userId) return { kind: "you" };
  if (viewer.role !== "customer") return doerForStaff(by, role);
  return role === "customer" && authStrength !== "system" ? { kind: "holder" } : { kind: "staff" };
}
