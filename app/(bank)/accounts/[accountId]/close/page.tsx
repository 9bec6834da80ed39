import type { Metadata } from "next";
import { formatMoney } from "@/app/_components/money/format-money";
import { requireMovableAccount } from "@/app/_server/account";
import { freshCommandId } from "@/app/_server/commands";
import { formKey } from "@/app/_server/form-key";
import { AccountFormPage } from "../account-form-page";
import { close } from "./action";
import { CloseForm } from "./close-form";

export const metadata: Metadata = { title: "Close account" };

export default async function ClosePage({ params }: PageProps<"/accounts/[accountId]/close">) {
  const { viewer, account } = await requireMovableAccount((await params).accountId);
  const { accountId, balance, currency, exponent } = account;
  return (
    <AccountFormPage account={account} viewer={viewer}>
      <h2 className="mb-4">Close this account</h2>
      <CloseForm
        action={close}
        commandId={freshCommandId()}
        formKey={formKey(viewer, `${accountId}/close`)}
        accountId={accountId}
        balance={formatMoney({ minorUnits: balance, currency, exponent }, viewer.format)}
      />
    </AccountFormPage>
  );
}
