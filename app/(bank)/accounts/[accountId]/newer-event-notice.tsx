import Link from "next/link";
import { Banner } from "@/app/_components/banner";
import type { NewerEvent } from "@/app/_server/readable";

/** In place of what stands on an event that this build cannot read. Nothing is guessed, and nothing is lost. */
export function NewerEventNotice({ accountId, event }: { accountId: string; event: NewerEvent }) {
  return (
    <div className="mb-6">
      <Banner tone="debit" role="alert" title={`Event ${event.version} of this account is newer than this Daybook`}>
        <p>
          It was written by a newer build ({event.shape}), which this one does not know how to read. It stands safely in the book.
          What comes after it is shown, and booked, once the newer build runs again.
        </p>
        {event.version > 1 ? (
          <p>
            <Link href={`/accounts/${accountId}/timeline?order=newest&from=${event.version}`}>See what happened before it</Link>
          </p>
        ) : null}
      </Banner>
    </div>
  );
}
