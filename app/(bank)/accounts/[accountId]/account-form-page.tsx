import type { ReactNode } from "react";
import type { AccountView } from "@/app/_server/account";
import { isStaff, type Viewer } from "@/app/_server/viewer";
import { AccountHead } from "./account-head";
import { ClosedAccount } from "./closed-account";

/** The frame of a form that moves money or closes the account; a closed account has no such form. */
export function AccountFormPage({ account, viewer, children }: { account: AccountView; viewer: Viewer; children: ReactNode }) {
  return (
    <>
      <AccountHead account={account} staff={isStaff(viewer)} />
      {account.status === "closed" ? <ClosedAccount accountId={account.accountId} /> : children}
    </>
  );
}
