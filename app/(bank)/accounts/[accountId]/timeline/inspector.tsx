import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { ButtonLink } from "@/app/_components/button";
import { Link } from "@/app/_components/link";
import { Money } from "@/app/_components/money/money";
import { Instant } from "@/app/_components/time/instant";
import type { AccountView } from "@/app/_server/account";
import type { InspectedEvent } from "@/app/_server/inspect-event";
import type { Viewer } from "@/app/_server/viewer";
import { eventSentence } from "@/app/_wording/event-sentence";
import { FocusOnChange } from "./focus-on-change";
import { InspectorInternals } from "./inspector-internals";
import { StateDiff } from "./state-diff";
import { type TimelineParams, timelineHref } from "./timeline-params";

type Props = { inspected: InspectedEvent; account: AccountView; viewer: Viewer; params: TimelineParams };

/** One event, opened up: what it did to the account, and for staff its envelope, payload and command. A sheet on a narrow screen. */
export function Inspector({ inspected, account, viewer, params }: Props) {
  const { event } = inspected;
  const { currency, exponent, accountId } = account;
  const at = (version: number) => timelineHref(accountId, params, { event: version });
  return (
    <aside className="inspector sheet" aria-labelledby="inspector-title" tabIndex={0}>
      <header className="inspector-head">
        <FocusOnChange token={event.version}>
          <h2 id="inspector-title">Event {event.version}</h2>
        </FocusOnChange>
        <nav className="actions" aria-label="Events nearby">
          {event.version > 1 ? (
            <ButtonLink href={at(event.version - 1)} scroll={false} small aria-label="Previous event" data-shortcut="[">
              <ChevronLeft aria-hidden="true" />
            </ButtonLink>
          ) : null}
          {inspected.hasNext ? (
            <ButtonLink href={at(event.version + 1)} scroll={false} small aria-label="Next event" data-shortcut="]">
              <ChevronRight aria-hidden="true" />
            </ButtonLink>
          ) : null}
          <ButtonLink
            href={timelineHref(accountId, params, { event: undefined })}
            scroll={false}
            small
            aria-label="Close the inspector"
            data-shortcut="Escape"
          >
            <X aria-hidden="true" />
          </ButtonLink>
        </nav>
      </header>
      <div>
        <p>{eventSentence(event, { exponent, format: viewer.format })}.</p>
        {event.description ? <p className="timeline-note">{event.description}</p> : null}
        {event.unopened ? <p className="timeline-note text-warn">Its text cannot be shown</p> : null}
      </div>
      <dl className="facts">
        <dt>Recorded</dt>
        <dd>
          <Instant at={event.recordedAt} zone={viewer.zone} as="millisecond" />
        </dd>
        <dt>Balance after</dt>
        <dd>
          <Money amount={{ minorUnits: event.balanceAfter, currency, exponent }} format={viewer.format} />
        </dd>
      </dl>
      <p className="text-sm">
        <Link href={`/accounts/${accountId}/as-of?event=${event.version}`}>The account as of this event</Link>
      </p>
      <section aria-labelledby="state-title">
        <h3 id="state-title">State before and after</h3>
        <StateDiff fields={inspected.state} />
      </section>
      {inspected.internals ? <InspectorInternals internals={inspected.internals} zone={viewer.zone} /> : null}
    </aside>
  );
}
