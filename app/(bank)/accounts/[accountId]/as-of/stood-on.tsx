import { Link } from "@/app/_components/link";
import { formatMoney } from "@/app/_components/money/format-money";
import { Instant } from "@/app/_components/time/instant";
import type { AccountView } from "@/app/_server/account";
import type { AsOf } from "@/app/_server/as-of";
import type { Viewer } from "@/app/_server/viewer";
import { eventSentence } from "@/app/_wording/event-sentence";
import { formatAccountNumber } from "@/domain/account/account-number";

type Props = { answer: AsOf; event: NonNullable<AsOf["stoodOn"]>; account: AccountView; viewer: Viewer };

/** The event the answer stands on, the whole state, and how it was put together. */
export function StoodOn({ answer, event, account, viewer }: Props) {
  const { state, snapshotVersion, eventsFolded } = answer;
  return (
    <section className="grid gap-3" aria-labelledby="stood-on">
      <h2 id="stood-on">What it stands on</h2>
      <dl className="facts sheet sheet-pad">
        <dt>Last event then</dt>
        <dd>
          <Link href={`/accounts/${account.accountId}/timeline?event=${event.version}`}>Event {event.version}</Link>:{" "}
          {eventSentence(event, { exponent: account.exponent, format: viewer.format })}
          {event.description ? <span className="text-ink-2"> · {event.description}</span> : null}
          {event.unopened ? <span className="text-warn"> · Its text cannot be shown</span> : null}
        </dd>
        <dt>Recorded</dt>
        <dd>
          <Instant at={event.recordedAt} zone={viewer.zone} as="millisecond" />
        </dd>
        <dt>Position in the book</dt>
        <dd className="mono">{event.position.toString()}</dd>
        {state.status === "unopened" ? null : (
          <>
            <dt>Status</dt>
            <dd>{state.status === "open" ? "Open" : "Closed"}</dd>
            <dt>Account number</dt>
            <dd className="mono">{formatAccountNumber(state.accountNumber)}</dd>
            <dt>Kind</dt>
            <dd>{state.product === "savings" ? "Savings" : "Current"}</dd>
            <dt>Currency</dt>
            <dd>
              {state.currency}, {state.exponent} decimals
            </dd>
            <dt>{state.holders.length === 1 ? "Holder" : "Holders"}</dt>
            <dd>{answer.holders.join(", ")}</dd>
            {answer.damage && answer.damage.kind !== "read_model" ? null : (
              <>
                <dt>Balance</dt>
                <dd>
                  {formatMoney({ minorUnits: state.balance, currency: state.currency, exponent: state.exponent }, viewer.format, {
                    unit: "code",
                  })}
                </dd>
              </>
            )}
          </>
        )}
        <dt>Put together</dt>
        <dd>
          {snapshotVersion === null ? "from the first event" : `from snapshot at ${snapshotVersion}`} + {eventsFolded}{" "}
          {eventsFolded === 1 ? "event" : "events"}
        </dd>
      </dl>
    </section>
  );
}
