import { Banner } from "@/app/_components/banner";
import { Link } from "@/app/_components/link";
import type { UnreadableEvent } from "@/app/_server/readable";

/** In place of what stands on an event that this build cannot read. Nothing is guessed, and nothing is lost. */
export function UnreadableEventNotice({ accountId, event }: { accountId: string; event: UnreadableEvent }) {
  const { title, text } = words(event);
  return (
    <div className="mb-6">
      <Banner tone="debit" role="alert" title={title}>
        <p>{text}</p>
        {event.version !== null && event.version > 1 ? (
          <p>
            <Link href={`/accounts/${accountId}/timeline?order=newest&from=${event.version}`}>See what happened before it</Link>
          </p>
        ) : null}
      </Banner>
    </div>
  );
}

function words(event: UnreadableEvent): { title: string; text: string } {
  if (event.kind === "newer_event")
    return {
      title: `Event ${event.version} of this account is newer than this Daybook`,
      text: `It was written by a newer build (${event.shape}), which this one does not know how to read. It stands safely in the book. What comes after it is shown, and booked, once the newer build runs again.`,
    };
  return {
    title:
      event.version === null
        ? "An event of this account cannot be read"
        : `Event ${event.version} of this account cannot be read`,
    text: "What stands in the book there is not what can have happened. The bank’s operators have been told. Nothing is guessed: what stands on this event is shown once it has been put right.",
  };
}
