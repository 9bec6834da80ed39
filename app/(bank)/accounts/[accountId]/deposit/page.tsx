import type { Metadata } from "next";
import { requireMovableAccount } from "@/app/_server/account";
import { freshCommandId } from "@/app/_server/commands";
import { formKey } from "@/app/_server/form-key";
import { MoneyForm } from "../_money/money-form";
import { AccountFormPage } from "../account-form-page";
import { deposit } from "./action";

export const metadata: Metadata = { title: "Deposit" };

export default async function DepositPage({ params }: PageProps<"/accounts/[accountId]/deposit">) {
  const { viewer, account } = await requireMovableAccount((await params).accountId);
  return (
    <AccountFormPage account={account} viewer={viewer}>
      <h2 className="mb-4">Deposit</h2>
      <MoneyForm
        action={deposit}
        commandId={freshCommandId()}
        formKey={formKey(viewer, `${account.accountId}/deposit`)}
        accountId={account.accountId}
        currency={account.currency}
        exponent={account.exponent}
        format={viewer.format}
        words={{ verb: "Deposit", noun: "deposit" }}
        reviewFirst={false}
      />
    </AccountFormPage>
  );
}
