import type { Metadata } from "next";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { UnsentNotice } from "@/app/_forms/unsent-notice";
import { freshCommandId } from "@/app/_server/commands";
import { formKey } from "@/app/_server/form-key";
import { chosenHolder, findHolders, requireOpener } from "@/app/_server/open-account";
import { formatCustomerNumber } from "@/domain/customer-number";
import { currencies } from "@/domain/money/currency";
import { openAccount } from "./action";
import { ChooseHolder } from "./choose-holder";
import { readHolderParams } from "./holder-params";
import { OpenForm } from "./open-form";

export const metadata: Metadata = { title: "Open an account" };

/** A teller first chooses whom the account is for; a customer opens his own. */
export default async function OpenAccountPage({ searchParams }: PageProps<"/accounts/open">) {
  const viewer = await requireOpener();
  const { params, typed, errors } = readHolderParams(await searchParams);
  const isTeller = viewer.actor.role === "teller";
  const chosen = isTeller ? await chosenHolder(viewer, params.holder) : undefined;
  const number = viewer.customerNumber ? ` Your customer number is ${formatCustomerNumber(viewer.customerNumber)}.` : "";
  return (
    <>
      <PageHead
        crumb={<Link href="/accounts">Accounts</Link>}
        title="Open an account"
        lede={`An account is kept in one currency for its whole life.${isTeller ? "" : number}`}
      />
      <UnsentNotice />
      {isTeller && !chosen ? (
        <ChooseHolder page={await findHolders(viewer, params)} params={params} typed={typed} errors={errors} />
      ) : (
        <OpenForm
          action={openAccount}
          commandId={freshCommandId()}
          formKey={formKey(viewer, chosen ? `open-account/${chosen.partyId}` : "open-account")}
          currencies={currencies}
          holder={
            chosen && {
              id: chosen.partyId,
              name: chosen.name,
              number: formatCustomerNumber(chosen.customerNumber),
              email: chosen.email,
            }
          }
        />
      )}
    </>
  );
}
