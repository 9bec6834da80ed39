import type { Metadata } from "next";
import { formatMoney } from "@/app/_components/money/format-money";
import { requireMovableAccount } from "@/app/_server/account";
import { freshCommandId } from "@/app/_server/commands";
import { AccountHead } from "../account-head";
import { ClosedAccount } from "../closed-account";
import { close } from "./action";
import { CloseForm } from "./close-form";

export const metadata: Metadata = { title: "Close account" };

export default async function ClosePage({ params }: PageProps<"/accounts/[accountId]/close">) {
  const { viewer, account } = await requireMovableAccount((await params).accountId);
  const { accountId, balance, currency, exponent } = account;
  if (account.status === "closed") {
    return (
      <>
        <AccountHead account={account} staff={viewer.actor.role !== "customer"} />
        <ClosedAccount accountId={account.accountId} />
      </>
    );
  }
  return (
    <>
      <AccountHead account={account} staff={viewer.actor.role !== "customer"} />
      <h2 className="mb-4">Close this account</h2>
      <CloseForm
        action={close}
        commandId={freshCommandId()}
        accountId={accountId}
        balance={formatMoney({ minorUnits: balance, currency, exponent }, viewer.format)}
      />
    </>
  );
}
