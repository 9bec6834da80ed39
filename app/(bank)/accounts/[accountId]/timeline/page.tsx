import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { requireAccount } from "@/app/_server/account";
import { inspectEvent } from "@/app/_server/inspect-event";
import { isUnreadable, readable } from "@/app/_server/readable";
import { listTimeline } from "@/app/_server/timeline";
import { AccountHead, AccountTabs } from "../account-head";
import { ReviewNotice } from "../review-notice";
import { UnreadableEventNotice } from "../unreadable-event-notice";
import { Inspector } from "./inspector";
import { LoadMore } from "./load-more";
import { TimelineFilters } from "./timeline-filters";
import { TimelineList } from "./timeline-list";
import { readTimelineParams, timelineHref } from "./timeline-params";

export const metadata: Metadata = { title: "Timeline" };

export default async function TimelinePage({ params, searchParams }: PageProps<"/accounts/[accountId]/timeline">) {
  const { viewer, account } = await requireAccount((await params).accountId);
  const filters = readTimelineParams(await searchParams);
  const wanted = filters.params;
  const [timeline, inspected] = await Promise.all([
    listTimeline(viewer, account.accountId, wanted),
    wanted.event === undefined ? undefined : readable(inspectEvent(viewer, account.accountId, wanted.event)),
  ]);

  const head = (
    <>
      <AccountHead account={account} staff={viewer.actor.role !== "customer"} />
      <AccountTabs accountId={account.accountId} current="timeline" />
      <ReviewNotice account={account} staff={viewer.actor.role !== "customer"} />
    </>
  );
  const unopened = inspected && isUnreadable(inspected) ? inspected : undefined;
  const open = inspected && !isUnreadable(inspected) ? inspected : undefined;
  const notice = unopened ?? timeline.damage;

  return (
    <>
      {head}
      {notice ? <UnreadableEventNotice accountId={account.accountId} event={notice} /> : null}
      <TimelineFilters accountId={account.accountId} {...filters} />
      <div className={open ? "timeline-split" : undefined}>
        <div className="min-w-0">
          {timeline.events.length > 0 ? (
            <TimelineList events={timeline.events} account={account} viewer={viewer} params={wanted} />
          ) : Object.keys(filters.errors).length > 0 ? null : (
            <EmptyState
              title="Nothing matches"
              action={
                <ButtonLink
                  href={timelineHref(account.accountId, wanted, {
                    show: "all",
                    since: undefined,
                    until: undefined,
                    from: undefined,
                  })}
                >
                  Show every event
                </ButtonLink>
              }
            >
              No such event stands in this part of the timeline.
            </EmptyState>
          )}
          <LoadMore accountId={account.accountId} params={wanted} timeline={timeline} />
        </div>
        {open ? <Inspector inspected={open} account={account} viewer={viewer} params={wanted} /> : null}
      </div>
      <LiveRefresh />
    </>
  );
}
