import type { Metadata } from "next";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { requireUnreadableAccount } from "@/app/_server/account";
import { UnreadableEventNotice } from "../unreadable-event-notice";

export const metadata: Metadata = { title: "Account held" };

/** Of an account whose first event cannot be read nothing can be shown, not even its number. This page says so, and leaves once it can. */
export default async function HeldAccountPage({ params }: PageProps<"/accounts/[accountId]/held">) {
  const { accountId } = await params;
  const event = await requireUnreadableAccount(accountId);
  return (
    <>
      <PageHead
        crumb={<Link href="/accounts">Accounts</Link>}
        title="This account is held"
        lede="It cannot be shown yet: its very beginning cannot be read, and everything later stands on that."
      />
      <UnreadableEventNotice accountId={accountId} event={event} />
      <p className="measure">
        Nothing of it is lost. The book is complete, and whatever was booked on the account waits in order; nothing new is booked
        on it meanwhile. Once the event has been put right, this page leads back to the account.
      </p>
      <LiveRefresh />
    </>
  );
}
