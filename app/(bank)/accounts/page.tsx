import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHead } from "@/app/_components/page-head";
import { Freshness } from "@/app/_components/time/freshness";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { listAccounts } from "@/app/_server/accounts";
import { requireAccountsViewer } from "@/app/_server/viewer";
import { AccountFilters } from "./account-filters";
import { AccountTable } from "./account-table";
import { readAccountsParams } from "./accounts-params";
import { CurrencyTotals } from "./currency-totals";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage({ searchParams }: PageProps<"/accounts">) {
  const viewer = await requireAccountsViewer();
  const filters = readAccountsParams(await searchParams);
  const { params } = filters;
  const list = await listAccounts(viewer, params);
  const staff = viewer.actor.role !== "customer";
  const mayOpen = viewer.actor.role === "customer" || viewer.actor.role === "teller";
  const any = list.accounts.length + list.unshown.length > 0;
  const filtered = params.q !== "" || params.status !== "all";

  return (
    <>
      <PageHead
        title={staff ? "Accounts" : "Your accounts"}
        lede={staff ? "Every account you may see, each in its own currency." : undefined}
        actions={
          mayOpen ? (
            <ButtonLink href="/accounts/open" variant={any ? "plain" : "primary"} data-shortcut="n">
              Open an account
            </ButtonLink>
          ) : undefined
        }
      />
      {staff ? <AccountFilters {...filters} /> : null}
      {any ? (
        <>
          {list.totals.length > 0 ? <CurrencyTotals totals={list.totals} format={viewer.format} /> : null}
          <LeftOut underReview={list.underReview} unreadable={list.unreadable} />
          <AccountTable list={list} viewer={viewer} params={params} staff={staff} />
          <div className="mt-3">
            <Freshness
              position={list.freshness.position}
              at={list.freshness.at}
              zone={viewer.zone}
              behind={list.freshness.behind}
              heldAccounts={list.totals.reduce((sum, { held }) => sum + Number(held), list.unshown.length)}
            />
          </div>
        </>
      ) : filters.errors.q ? null : (
        <NoAccounts filtered={filtered} mayOpen={mayOpen} />
      )}
      <LiveRefresh />
    </>
  );
}

/** Which accounts the sums are without. */
function LeftOut({ underReview, unreadable }: { underReview: bigint; unreadable: bigint }) {
  const without = [
    ...(underReview > 0n ? [`${counted(underReview)} under review`] : []),
    ...(unreadable > 0n ? [`${counted(unreadable)} that cannot be shown`] : []),
  ];
  if (without.length === 0) return null;
  return <p className="mb-4 text-sm text-warn">The sums are without {without.join(" and without ")}.</p>;
}

const counted = (accounts: bigint) => `${accounts} ${accounts === 1n ? "account" : "accounts"}`;

function NoAccounts({ filtered, mayOpen }: { filtered: boolean; mayOpen: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="Nothing matches" action={<ButtonLink href="/accounts">Clear the filters</ButtonLink>}>
        No account fits what you are looking for.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No accounts yet"
      action={
        mayOpen ? (
          <ButtonLink href="/accounts/open" variant="primary">
            Open the first account
          </ButtonLink>
        ) : undefined
      }
    >
      An account is kept in one currency, from its first entry to its last.
    </EmptyState>
  );
}
