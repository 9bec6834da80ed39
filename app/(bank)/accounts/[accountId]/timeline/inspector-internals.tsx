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
        <PayloadText title="As read" {...internals.read} />
        <PayloadText title="As stored" {...internals.stored} />
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

function PayloadText({ title, payload, schemaVersion }: { title: string; payload: string; schemaVersion: number }) {
  return (
    <figure className="grid gap-1">
      <figcaption className="text-sm text-ink-2">{`${title}, version ${schemaVersion}`}</figcaption>
      <pre className="payload">{payload}</pre>
    </figure>
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
