import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Banner } from "@/app/_components/banner";
import { EmptyState } from "@/app/_components/empty-state";
import { requireAccount } from "@/app/_server/account";
import { answerAsOf } from "@/app/_server/as-of";
import { isUnreadable, readable } from "@/app/_server/readable";
import { AccountHead, AccountTabs } from "../account-head";
import { UnreadableEventNotice } from "../unreadable-event-notice";
import { AsOfAnswer } from "./as-of-answer";
import { AsOfForm } from "./as-of-form";
import { asOfHref, readAsOfParams } from "./as-of-params";
import { Presets } from "./presets";
import { readQuestion } from "./read-question";
import { ViewingBar } from "./viewing-bar";

export const metadata: Metadata = { title: "As of" };

export default async function AsOfPage({ params, searchParams }: PageProps<"/accounts/[accountId]/as-of">) {
  const { viewer, account } = await requireAccount((await params).accountId);
  const asked = readAsOfParams(await searchParams);
  const question = readQuestion(asked, { zone: viewer.zone, now: new Date(), opening: account.openedAt });
  const found =
    question.kind === "at" ? await readable(answerAsOf(viewer, account.accountId, question.at, question.t)) : undefined;
  const answer = found?.kind === "answer" ? found : undefined;
  // An instant that is not final yet gets its pin into the address, so that a copy of it shows this same answer for ever.
  const lasting = question.canonical && (!answer || answer.final || answer.damage !== null);
  if (answer && !lasting) redirect(asOfHref(account.accountId, answer.address));

  return (
    <>
      {answer ? <ViewingBar accountId={account.accountId} answer={answer} zone={viewer.zone} /> : null}
      <AccountHead account={account} staff={viewer.actor.role !== "customer"} />
      <AccountTabs accountId={account.accountId} current="as-of" />
      <div className="as-of">
        {answer ? (
          <AsOfAnswer answer={answer} account={account} viewer={viewer} />
        ) : found && isUnreadable(found) ? (
          <UnreadableEventNotice accountId={account.accountId} event={found} />
        ) : found ? (
          <Banner tone="debit" role="alert" title="This address belongs to another history">
            <p>
              The book does not hold the event that this address was made for. It may have been made before the bank recovered
              from a failure.
            </p>
          </Banner>
        ) : (
          <EmptyState title="Pick a moment">
            You see the balance and the whole state of the account exactly as they stood then, and the event they stand on.
          </EmptyState>
        )}
        <div className="grid gap-4 content-start">
          <AsOfForm
            accountId={account.accountId}
            openedAt={account.openedAt}
            asked={asked}
            viewer={viewer}
            at={answer?.moment}
            problem={question.kind === "problem" ? question.problem : undefined}
          />
          <Presets accountId={account.accountId} zone={viewer.zone} openedAt={account.openedAt} />
        </div>
      </div>
    </>
  );
}
