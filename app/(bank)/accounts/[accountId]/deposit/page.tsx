import type { Metadata } from "next";
import { requireMovableAccount } from "@/app/_server/account";
import { freshCommandId } from "@/app/_server/commands";
import { MoneyForm } from "../_money/money-form";
import { AccountHead } from "../account-head";
import { ClosedAccount } from "../closed-account";
import { deposit } from "./action";

export const metadata: Metadata = { title: "Deposit" };

export default async function DepositPage({ params }: PageProps<"/accounts/[accountId]/deposit">) {
  const { viewer, account } = await requireMovableAccount((await params).accountId);
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
      <h2 className="mb-4">Deposit</h2>
      <MoneyForm
        action={deposit}
        commandId={freshCommandId()}
        accountId={account.accountId}
        currency={account.currency}
        exponent={account.exponent}
        format={viewer.format}
        words={{ verb: "Deposit", noun: "deposit" }}
        reviewFirst={false}
      />
    </>
  );
}
