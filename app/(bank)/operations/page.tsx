import type { Metadata } from "next";
import { PageHead } from "@/app/_components/page-head";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { bankHealth, requireOperator } from "@/app/_server/operations";
import { type RebuildWish, readModels } from "@/app/_server/rebuilds";
import { wasJustDone } from "@/app/_server/told-once";
import { AskedNotice } from "./_rebuilds/asked-notice";
import { RebuildList } from "./_rebuilds/rebuild-list";
import { askedInput } from "./asked-input";
import { Findings } from "./findings";
import { HeldAccounts } from "./held-accounts";
import { ReadersTable } from "./readers-table";
import { Vitals } from "./vitals";

export const metadata: Metadata = { title: "Operations" };

export default async function OperationsPage({ searchParams }: PageProps<"/operations">) {
  const { zone } = await requireOperator();
  const { asked, of } = askedInput.parse(await searchParams);
  const [health, models] = await Promise.all([bankHealth(), readModels()]);
  const model = models.find(({ name }) => name === of);
  const isAsked = asked !== undefined && (await wasJustDone(`${asked} ${of}`));
  return (
    <>
      <PageHead title="Operations" lede="Where the book ends, how far its readers and seals have come, and what needs you." />
      <Findings book={health.book} zone={zone} />
      <HeldAccounts held={health.held} zone={zone} />
      <Vitals health={health} zone={zone} />
      <ReadersTable readers={health.readers} zone={zone} />
      <RebuildList
        models={models}
        zone={zone}
        notice={isAsked && model ? <AskedNotice key={`${asked} ${model.name}`} {...answer(asked, model.name)} /> : null}
      />
      <LiveRefresh />
    </>
  );
}

function answer(asked: RebuildWish, name: string): { title: string; text: string } {
  if (asked === "cancel") return { title: `The rebuild of ${name} is cancelled`, text: "Nothing was changed." };
  const title = asked === "roll-back" ? `${name} goes back to the one before` : `${name} is being made anew`;
  return {
    title,
    text: "The running bank does it, within a second or as soon as another rebuild is over. How far it is stands below.",
  };
}
