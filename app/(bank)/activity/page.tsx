import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { Freshness } from "@/app/_components/time/freshness";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { listActivity, requireStaffViewer } from "@/app/_server/activity";
import { ActivityFilters } from "./activity-filters";
import { activityHref, readActivityParams } from "./activity-params";
import { ActivityTable } from "./activity-table";

export const metadata: Metadata = { title: "Activity" };

export default async function ActivityPage({ searchParams }: PageProps<"/activity">) {
  const viewer = await requireStaffViewer();
  const filters = readActivityParams(await searchParams, viewer.format);
  const { params } = filters;
  const { events, next, freshness, heldAccounts } = await listActivity(viewer, params);
  const isRead = Object.keys(filters.errors).length === 0;
  return (
    <>
      <PageHead title="Activity" lede="Everything that happened in the accounts you may see, newest first." />
      <ActivityFilters {...filters} />
      {events.length > 0 ? (
        <>
          <ActivityTable events={events} viewer={viewer} />
          <nav className="pager" aria-label="More events">
            {params.before === undefined ? <span /> : <Link href={activityHref(params, undefined)}>Newest events</Link>}
            {next === null ? <span>The book begins here.</span> : <Link href={activityHref(params, next)}>Older events</Link>}
          </nav>
        </>
      ) : isRead ? (
        <EmptyState title="Nothing matches" action={<ButtonLink href="/activity">Show everything</ButtonLink>}>
          No event fits what you are looking for.
        </EmptyState>
      ) : null}
      <div className="mt-3">
        <Freshness {...freshness} heldAccounts={heldAccounts} zone={viewer.zone} />
      </div>
      <LiveRefresh />
    </>
  );
}
