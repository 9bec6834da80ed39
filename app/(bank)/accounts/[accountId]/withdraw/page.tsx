import type { Metadata } from "next";
import { Money } from "@/app/_components/money/money";
import { requireMovableAccount } from "@/app/_server/account";
import { freshCommandId } from "@/app/_server/commands";
import { formKey } from "@/app/_server/form-key";
import { MoneyForm } from "../_money/money-form";
import { AccountFormPage } from "../account-form-page";
import { withdraw } from "./action";

export const metadata: Metadata = { title: "Withdraw" };

export default async function WithdrawPage({ params }: PageProps<"/accounts/[accountId]/withdraw">) {
  const { viewer, account } = await requireMovableAccount((await params).accountId);
  const { accountId, currency, exponent, available } = account;
  return (
    <AccountFormPage account={account} viewer={viewer}>
      <h2>Withdraw</h2>
      <p className="mb-4 text-ink-2">
        <Money amount={{ minorUnits: available, currency, exponent }} format={viewer.format} /> available
      </p>
      <MoneyForm
        action={withdraw}
        commandId={freshCommandId()}
        formKey={formKey(viewer, `${accountId}/withdrawal`)}
        accountId={accountId}
        currency={currency}
        exponent={exponent}
        format={viewer.format}
        words={{ verb: "Withdraw", noun: "withdrawal" }}
        reviewFirst
      />
    </AccountFormPage>
  );
}
