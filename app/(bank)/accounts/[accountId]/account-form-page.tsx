import type { ReactNode } from "react";
import { UnsentNotice } from "@/app/_forms/unsent-notice";
import type { AccountView } from "@/app/_server/account";
import { isStaff, type Viewer } from "@/app/_server/viewer";
import { AccountHead } from "./account-head";
import { ClosedAccount } from "./closed-account";
import { ReviewNotice } from "./review-notice";

/** The frame of a form that moves money or closes the account; one closed or under review has no such form. */
export function AccountFormPage({ account, viewer, children }: { account: AccountView; viewer: Viewer; children: ReactNode }) {
  return (
    <>
      <AccountHead account={account} staff={isStaff(viewer)} />
      <UnsentNotice />
      <ReviewNotice account={account} staff={isStaff(viewer)} />
      {account.status === "closed" ? <ClosedAccount accountId={account.accountId} /> : null}
      {account.status !== "closed" && account.doubtedFrom === null ? children : null}
    </>
  );
}
