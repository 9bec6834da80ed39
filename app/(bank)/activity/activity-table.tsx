import { AccountNumberText } from "@/app/_components/account-name";
import { Link } from "@/app/_components/link";
import { SignedMoney } from "@/app/_components/money/money";
import { Instant } from "@/app/_components/time/instant";
import { eventLink, UnreadableTableRow } from "@/app/_components/unreadable-row";
import type { Activity } from "@/app/_server/activity";
import { isUnreadableRow, type ReadRow } from "@/app/_server/unreadable-rows";
import type { Viewer } from "@/app/_server/viewer";
import { eventSentence } from "@/app/_wording/event-sentence";
import { money } from "@/domain/money/money";

/** Events of every account, one a line; cards on a narrow screen. */
export function ActivityTable({ events, viewer }: { events: readonly ReadRow<Activity>[]; viewer: Viewer }) {
  return (
    <div className="sheet">
      <table className="ledger ledger-cards">
        <caption className="sr-only">Events of all accounts, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="folio">
              Position
            </th>
            <th scope="col">What happened</th>
            <th scope="col">Account</th>
            <th scope="col">When</th>
            <th scope="col" className="num">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) =>
            isUnreadableRow(event) ? (
              <UnreadableTableRow key={event.id} row={event} columns={5} folio to={eventLink(event)} />
            ) : (
              <ActivityRow key={event.position.toString()} event={event} viewer={viewer} />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function ActivityRow({ event, viewer }: { event: Activity; viewer: Viewer }) {
  const { accountId, version, currency, exponent } = event;
  const size = event.amount < 0n ? -event.amount : event.amount;
  const amount = size === 0n ? null : money(size, currency);
  return (
    <tr>
      <td className="folio folio-number" data-label="Position">
        {event.position.toString()}
      </td>
      <td className="lead">
        <p>
          <Link href={`/accounts/${accountId}/timeline?event=${version}`} className="row-link" data-row>
            {eventSentence({ ...event, amount }, { exponent, format: viewer.format })}
          </Link>
          {event.description ? <span className="timeline-note"> {event.description}</span> : null}
        </p>
      </td>
      <td data-label="Account">
        <AccountNumberText number={event.accountNumber} />
      </td>
      <td data-label="When">
        <Instant at={event.recordedAt} zone={viewer.zone} as="second" />
      </td>
      <td className="num" data-label="Amount">
        {amount ? (
          <SignedMoney amount={{ minorUnits: event.amount, currency, exponent }} format={viewer.format} unit="code" />
        ) : null}
      </td>
    </tr>
  );
}
