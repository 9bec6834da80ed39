import { Link } from "@/app/_components/link";
import type { Timeline } from "@/app/_server/timeline";
import { TIMELINE_COUNT_MAX, TIMELINE_STEP, type TimelineParams, timelineHref } from "./timeline-params";

/** More of the timeline, as a link: it works without scripts, and Back returns to the row one left. A page holds at most 300. */
export function LoadMore({ accountId, params, timeline }: { accountId: string; params: TimelineParams; timeline: Timeline }) {
  const first = params.order === "newest" ? "Newest events" : "First events";
  const further = params.order === "newest" ? "Older events" : "Later events";
  const grown = params.count + TIMELINE_STEP;
  return (
    <nav className="pager" aria-label="More events">
      {params.from === undefined ? (
        <span />
      ) : (
        <Link href={timelineHref(accountId, params, { from: undefined, count: TIMELINE_STEP })}>{first}</Link>
      )}
      {timeline.next === null ? (
        <span>{params.order === "newest" ? "The account begins here." : "This is the newest event."}</span>
      ) : grown <= TIMELINE_COUNT_MAX ? (
        <Link href={timelineHref(accountId, params, { count: grown })} scroll={false}>
          Load more
        </Link>
      ) : (
        <Link href={timelineHref(accountId, params, { from: timeline.next, count: TIMELINE_STEP })}>{further}</Link>
      )}
    </nav>
  );
}
