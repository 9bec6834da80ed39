import { notFound } from "next/navigation";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";
import { type TimelineEvent as StoredView, timelinePage } from "@/infra/time-travel/timeline";
import { spanOfDays } from "../_moments/calendar-day";
import { type ToldEvent, tellEvents } from "./told-events";
import type { Viewer } from "./viewer";

export type TimelineEvent = ToldEvent<StoredView>;

export type TimelineQuery = {
  order: "newest" | "oldest";
  show: "all" | "deposits" | "withdrawals";
  count: number;
  from?: number | undefined;
  /** Days in the viewer's zone, both included. */
  since?: string | undefined;
  until?: string | undefined;
};

/** `next`: the event beyond which there is more, or null. */
export type Timeline = { events: readonly TimelineEvent[]; next: number | null };

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
  return { events: await tellEvents(page.events), next: page.next };
}
