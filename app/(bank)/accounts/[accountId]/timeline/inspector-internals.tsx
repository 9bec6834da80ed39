import { Instant } from "@/app/_components/time/instant";
import type { EventFacts } from "@/app/_server/inspect-event";

/** What the book holds of the event: envelope, payload, and the command that caused it. For staff. */
export function InspectorInternals({ internals, zone }: { internals: EventFacts; zone: string }) {
  return (
    <>
      <section aria-labelledby="envelope-title">
        <h3 id="envelope-title">Envelope</h3>
        <Facts rows={internals.envelope} />
      </section>
      <section aria-labelledby="payload-title">
        <h3 id="payload-title">Payload</h3>
        <p className="text-sm text-ink-2">As stored, version {internals.schemaVersion}</p>
        <pre className="payload">{internals.payload}</pre>
        {internals.lifted ? (
          <>
            <p className="mt-2 text-sm text-ink-2">Read as version {internals.lifted.schemaVersion}</p>
            <pre className="payload">{internals.lifted.payload}</pre>
          </>
        ) : null}
      </section>
      <section aria-labelledby="command-title">
        <h3 id="command-title">Command</h3>
        {internals.command ? (
          <>
            <Facts rows={internals.command.facts} />
            <p className="text-sm text-ink-2">
              Decided <Instant at={internals.command.decidedAt} zone={zone} as="millisecond" />
            </p>
          </>
        ) : (
          <p className="text-sm text-ink-2">No command of this book caused it.</p>
        )}
      </section>
    </>
  );
}

function Facts({ rows }: { rows: readonly (readonly [label: string, text: string])[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, text]) => (
        <div key={label} className="contents">
          <dt>{label}</dt>
          <dd className="mono">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
