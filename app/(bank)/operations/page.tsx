import type { Metadata } from "next";
import { PageHead } from "@/app/_components/page-head";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { bankHealth, requireOperator } from "@/app/_server/operations";
import { HeldAccounts } from "./held-accounts";
import { ReadersTable } from "./readers-table";
import { Vitals } from "./vitals";

export const metadata: Metadata = { title: "Operations" };

export default async function OperationsPage() {
  const { zone } = await requireOperator();
  const health = await bankHealth();
  return (
    <>
      <PageHead title="Operations" lede="Where the book ends, how far its readers and seals have come, and what needs you." />
      <HeldAccounts held={health.held} zone={zone} />
      <Vitals health={health} zone={zone} />
      <ReadersTable readers={health.readers} zone={zone} />
      <LiveRefresh />
    </>
  );
}
