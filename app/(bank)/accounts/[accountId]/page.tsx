import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { Link } from "@/app/_components/link";
import { Money } from "@/app/_components/money/money";
import { Freshness } from "@/app/_components/time/freshness";
import { LiveRefresh } from "@/app/_live/live-refresh";
import { requireCheckedAccount } from "@/app/_server/account";
import { balanceHistory } from "@/app/_server/daily-balances";
import { listEntries } from "@/app/_server/entries";
import { unreadableEvent } from "@/app/_server/readable";
import { postingOf, settledCommand } from "@/app/_server/settled-command";
import { AccountHead, AccountTabs } from "./account-head";
import { BalanceChart } from "./balance-chart";
import { CommandResult } from "./command-result";
import { readEntriesParams } from "./entries-params";
import { EntryTable } from "./entry-table";
import { HeldNotice } from "./held-notice";
import { ReviewNotice } from "./review-notice";
import { UnreadableEventNotice } from "./unreadable-event-notice";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage({ params, searchParams }: PageProps<"/accounts/[accountId]">) {
  const { viewer, account, may } = await requireCheckedAccount((await params).accountId);
  const { command: commandId, before, range } = readEntriesParams(await searchParams);
  const [page, command, unreadable, history] = await Promise.all([
    listEntries(viewer, account, before),
    commandId ? settledCommand(viewer, account.accountId, commandId) : undefined,
    unreadableEvent(account),
    balanceHistory(viewer, account, range),
  ]);
  const posting = command ? postingOf(command, account) : "posted";
  const amount = { minorUnits: account.balance, currency: account.currency, exponent: account.exponent };

  return (
    <>
      <AccountHead account={account} staff={viewer.actor.role !== "customer"} />
      {command ? <CommandResult command={command} posting={posting} viewer={viewer} account={account} /> : null}
      <AccountTabs accountId={account.accountId} current="account" />
      {unreadable ? <UnreadableEventNotice accountId={account.accountId} event={unreadable} /> : null}
      <HeldNotice account={account} />
      <ReviewNotice account={account} staff={viewer.actor.role !== "customer"} />
      <section className="balance-head" aria-label="Balance">
        <div>
          <h2 className="label">Balance</h2>
          {account.doubtedFrom === null ? (
            <>
              <p className="figure-balance">
                <Money className="sum" amount={amount} format={viewer.format} />
              </p>
              <p className="mt-1 text-ink-2">
                <Money amount={{ ...amount, minorUnits: account.available }} format={viewer.format} /> available
              </p>
            </>
          ) : (
            <p className="text-lg">Under review</p>
          )}
        </div>
        {may.move ? (
          <div className="actions">
            <ButtonLink href={`/accounts/${account.accountId}/deposit`} variant="primary" data-shortcut="n">
              Deposit
            </ButtonLink>
            <ButtonLink href={`/accounts/${account.accountId}/withdraw`}>Withdraw</ButtonLink>
          </div>
        ) : null}
        {account.doubtedFrom === null ? <Freshness {...account.freshness} zone={viewer.zone} /> : null}
      </section>
      {before === undefined && account.doubtedFrom === null ? (
        <BalanceChart history={history} account={account} viewer={viewer} />
      ) : null}
      <h2 className="mb-3">Entries</h2>
      <EntryTable
        page={page}
        account={account}
        viewer={viewer}
        before={before}
        settled={command?.id}
        posting={command?.outcome.ok && posting !== "posted" ? { command, held: posting === "held" } : undefined}
      />
      {may.move && account.balance === 0n ? (
        <p className="mt-6 text-sm">
          <Link href={`/accounts/${account.accountId}/close`}>Close this account</Link>
        </p>
      ) : null}
      <LiveRefresh />
    </>
  );
}
