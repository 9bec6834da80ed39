import type { Metadata } from "next";
import { NothingHere } from "./_components/nothing-here";
import { PageShell } from "./_shell/page-shell";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PageShell demo={false}>
      <NothingHere />
    </PageShell>
  );
}
