import type { Metadata } from "next";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { freshCommandId } from "@/app/_server/commands";
import { possibleHolders, requireOpener } from "@/app/_server/open-account";
import { currencies } from "@/domain/money/currency";
import { openAccount } from "./action";
import { OpenForm } from "./open-form";

export const metadata: Metadata = { title: "Open an account" };

export default async function OpenAccountPage() {
  const viewer = await requireOpener();
  const holders = viewer.actor.role === "teller" ? await possibleHolders(viewer) : undefined;
  return (
    <>
      <PageHead
        crumb={<Link href="/accounts">Accounts</Link>}
        title="Open an account"
        lede="An account is kept in one currency for its whole life."
      />
      <OpenForm action={openAccount} commandId={freshCommandId()} currencies={currencies} holders={holders} />
    </>
  );
}
