import { History } from "lucide-react";
import { Link } from "@/app/_components/link";
import { Instant } from "@/app/_components/time/instant";
import type { AsOf } from "@/app/_server/as-of";

/** The coloured bar of a past moment: what is being viewed, that nothing can be written here, and the way back. */
export function ViewingBar({ accountId, answer, zone }: { accountId: string; answer: AsOf; zone: string }) {
  return (
    <div className="viewing-bar" role="note">
      <History aria-hidden="true" />
      <p>
        Viewing{" "}
        <strong>{answer.moment ? <Instant at={answer.moment} zone={zone} as="millisecond" /> : "before the first event"}</strong>
        {answer.address.pin ? `, as known at position ${answer.address.pin.position}` : ""}. Read only.
      </p>
      <Link href={`/accounts/${accountId}`}>Back to now</Link>
    </div>
  );
}
