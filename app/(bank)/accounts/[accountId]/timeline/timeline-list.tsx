import { ArrowDownLeft, ArrowUpRight, BookLock, BookOpen } from "lucide-react";
import { Link } from "@/app/_components/link";
import { Money } from "@/app/_components/money/money";
import { Instant } from "@/app/_components/time/instant";
import { UnreadableText } from "@/app/_components/unreadable-row";
import type { AccountView } from "@/app/_server/account";
import type { Timeline, UnreadTimelineEvent } from "@/app/_server/timeline";
import type { Viewer } from "@/app/_server/viewer";
import { eventSentence } from "@/app/_wording/event-sentence";
import { type AccountId, eventName } from "@/domain/ids";
import { type TimelineParams, timelineHref } from "./timeline-params";

const icons = {
  AccountOpened: BookOpen,
  MoneyDeposited: ArrowDownLeft,
  MoneyWithdrawn: ArrowUpRight,
  AccountClosed: BookLock,
} as const;

type Props = { events: Timeline["events"]; account: AccountView; viewer: Viewer; params: TimelineParams };

/** Every event as one sentence: who did what, when, and the balance after. */
export function TimelineList({ events, account, viewer, params }: Props) {
  const { currency, exponent, accountId } = account;
  return (
    <>
      <Icons />
      <ol className="timeline sheet" aria-label="Events">
        {events.map((event) => {
          const open = params.event === event.version;
          if ("unreadable" in event)
            return <UnreadItem key={event.version} accountId={accountId} params={params} event={event} open={open} />;
          return (
            <li
              key={event.version}
              id={`event-${event.version}`}
              className={`timeline-item is-${event.type}`}
              aria-current={open ? "true" : undefined}
            >
              <span className="timeline-folio folio-number">{event.version}</span>
              <svg aria-hidden="true" viewBox="0 0 24 24" className="timeline-icon">
                <use href={`#icon-${event.type}`} />
              </svg>
              <div className="min-w-0">
                <p>
                  <Link
                    href={timelineHref(accountId, params, { event: event.version })}
                    scroll={false}
                    className="row-link"
                    data-row
                  >
                    {eventSentence(event, { exponent, format: viewer.format })}
                  </Link>
                  {event.description ? <span className="timeline-note"> {event.description}</span> : null}
                  {event.erased ? <span className="timeline-note"> Text erased</span> : null}
                  {event.unopened ? <span className="timeline-note text-warn"> Its text cannot be shown</span> : null}
                </p>
                <p className="timeline-time">
                  <Instant at={event.recordedAt} zone={viewer.zone} as="second" />
                </p>
              </div>
              <p className="timeline-balance">
                <span className="sr-only">Balance after: </span>
                {event.balanceAfter === null ? (
                  "not known"
                ) : (
                  <Money amount={{ minorUnits: event.balanceAfter, currency, exponent }} format={viewer.format} />
                )}
              </p>
            </li>
          );
        })}
      </ol>
    </>
  );
}

type UnreadProps = { accountId: AccountId; params: TimelineParams; event: UnreadTimelineEvent; open: boolean };

/** The notice above the list says what that means. */
function UnreadItem({ accountId, params, event: { version, unreadable }, open }: UnreadProps) {
  return (
    <li id={`event-${version}`} className="timeline-item unreadable" aria-current={open ? "true" : undefined}>
      <span className="timeline-folio folio-number">{version}</span>
      <span />
      <UnreadableText
        row={{ id: eventName(accountId, version), column: null }}
        name={`Event ${version}`}
        to={{ href: timelineHref(accountId, params, { event: version }), text: "What is wrong with it" }}
      >
        {unreadable.kind === "newer_event" ? (
          <p className="unreadable-id">It was written by a newer Daybook: {unreadable.shape}</p>
        ) : null}
      </UnreadableText>
    </li>
  );
}

/** Drawn once, for the events to show: with an icon of its own each was one component more, in the browser too. */
function Icons() {
  return (
    <svg aria-hidden="true" className="sr-only">
      <defs>
        {Object.entries(icons).map(([type, Icon]) => (
          <Icon key={type} id={`icon-${type}`} />
        ))}
      </defs>
    </svg>
  );
}
