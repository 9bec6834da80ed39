import { Banner } from "@/app/_components/banner";
import { Link } from "@/app/_components/link";
import type { AccountView } from "@/app/_server/account";

/** Where the bank found something wrong in the account's own history, and vouches for no more than what came before it. */
export function ReviewNotice({ account: { accountId, doubtedFrom }, staff }: { account: AccountView; staff: boolean }) {
  if (doubtedFrom === null) return null;
  return (
    <div className="mb-6">
      <Banner tone="warn" title="This account is under review">
        <p>
          The bank found something wrong with event {doubtedFrom} of its history. Until that is settled, nothing can be booked
          here, and the bank gives no balance.{" "}
          {doubtedFrom > 1 ? "Entries before that event are sound, and are shown below." : "No entry is shown."}
        </p>
        <p>
          {staff
            ? "An operator settles it: Operations says what was found."
            : "Your money is safe. Ask your bank if you need it now."}{" "}
          <Link href={`/accounts/${accountId}/timeline`}>See every event in the timeline</Link>
        </p>
      </Banner>
    </div>
  );
}
