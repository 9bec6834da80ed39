import { notFound } from "next/navigation";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { UnreadableEvent as StoredFault } from "@/infra/event-log/codec/unreadable-event";
import { runtime } from "@/infra/runtime";
import { type TimelineEvent as StoredView, timelinePage } from "@/infra/time-travel/timeline";
import { spanOfDays } from "../_moments/calendar-day";
import { type UnreadableEvent, unreadableEventOf } from "./readable";
import { type ToldEvent, tellEvents } from "./told-events";
import type { Viewer } from "./viewer";

export type TimelineEvent = ToldEvent<StoredView>;

/** An event that cannot be read keeps its place in the list. */
export type UnreadTimelineEvent = { version: number; unreadable: UnreadableEvent };

export type TimelineQuery = {
  order: "newest" | "oldest";
  show: "all" | "deposits" | "withdrawals";
  count: number;
  from?: number | undefined;
  /** Days in the viewer's zone, both included. */
  since?: string | undefined;
  until?: string | undefined;
};

/** `next`: the event beyond which there is more, or null. `damage`: the first event that cannot be read; balances from there on are null. */
export type Timeline = {
  events: readonly (TimelineEvent | UnreadTimelineEvent)[];
  next: number | null;
  damage: UnreadableEvent | null;
};

const shown: Readonly<Record<TimelineQuery["show"], readonly AccountEvent["type"][] | undefined>> = {
  all: undefined,
  deposits: ["MoneyDeposited"],
  withdrawals: ["MoneyWithdrawn"],
};

/** A stretch of the log of one account. The timeline is no projection: it is the log. */
export async function listTimeline(
  { actor, zone }: Viewer,
  accountId: AccountId,
  { order, show, count, from, since, until }: TimelineQuery,
): Promise<Timeline> {
  const span = spanOfDays({ since, until }, zone);
  const question = { order, limit: count, beyond: from, types: shown[show], ...span };
  const page = await timelinePage(runtime(), actor, accountId, question);
  if (!page) notFound();
  const read = await tellEvents(page.events.filter((event): event is StoredView => !("damage" in event)));
  const told = new Map(read.map((event) => [event.version, event]));
  const events = page.events.flatMap((event) =>
    "damage" in event ? unread(event.version, event.damage) : (told.get(event.version) ?? []),
  );
  const inList = events.find((event) => "unreadable" in event)?.unreadable;
  const damage = page.damage ? unreadableEventOf(page.damage.damage, page.damage.version) : (inList ?? null);
  return { events, next: page.next, damage };
}

const unread = (version: number, fault: StoredFault): UnreadTimelineEvent => ({
  version,
  unreadable: unreadableEventOf(fault, version),
});
