import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Money } from "@/app/_components/money/money";
import type { AccountView } from "@/app/_server/account";
import type { AsOf } from "@/app/_server/as-of";
import type { Viewer } from "@/app/_server/viewer";
import { asOfHref } from "./as-of-params";
import { Comparison } from "./comparison";
import { DamageNotice } from "./damage-notice";
import { StoodOn } from "./stood-on";

type Props = { answer: AsOf; account: AccountView; viewer: Viewer };

/** The account at one moment. */
export function AsOfAnswer({ answer, account, viewer }: Props) {
  const { currency, exponent, accountId } = account;
  const step = (pin: AsOf["previous"]) => (pin ? asOfHref(accountId, { pin }) : undefined);
  const previous = step(answer.previous);
  const next = step(answer.next);
  return (
    <div className="grid gap-6 content-start min-w-0">
      <section className="sheet sheet-pad past-sheet" aria-label="The account then">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div>
            <h2 className="label">Balance then</h2>
            {answer.damage?.kind === "event" ? (
              <p className="text-lg">Not known: see below</p>
            ) : answer.state.status === "unopened" ? (
              <p className="text-lg">The account was not open yet.</p>
            ) : (
              <p className="figure-balance">
                <Money className="sum" amount={{ minorUnits: balanceThen(answer), currency, exponent }} format={viewer.format} />
              </p>
            )}
          </div>
          <nav className="actions" aria-label="Step by event">
            {previous ? (
              <ButtonLink href={previous} small data-shortcut="[">
                <ChevronLeft aria-hidden="true" /> Previous event
              </ButtonLink>
            ) : null}
            {next ? (
              <ButtonLink href={next} small data-shortcut="]">
                Next event <ChevronRight aria-hidden="true" />
              </ButtonLink>
            ) : null}
          </nav>
        </div>
        {answer.damage === null || answer.damage.kind === "read_model" ? <Finality answer={answer} /> : null}
      </section>
      {answer.damage ? <DamageNotice damage={answer.damage} answer={answer} account={account} viewer={viewer} /> : null}
      {answer.stoodOn ? <StoodOn answer={answer} event={answer.stoodOn} account={account} viewer={viewer} /> : null}
      {answer.damage ? null : answer.stoodOn ? (
        <Comparison answer={answer} />
      ) : (
        <EmptyState title="No event yet">Nothing had happened on this account by then.</EmptyState>
      )}
    </div>
  );
}

/** Where a snapshot was altered, the events alone say what the balance was. */
function balanceThen({ damage, state }: AsOf): bigint {
  if (damage?.kind === "snapshot") return damage.balance;
  return state.status === "unopened" ? 0n : state.balance;
}

function Finality({ answer }: { answer: AsOf }) {
  return (
    <p className="mt-3 text-sm text-ink-2">
      {answer.address.pin
        ? `This answer is pinned to position ${answer.address.pin.position} of the book: the address of this page shows it for ever.`
        : "This answer is final: the book has moved past this moment, so the address of this page shows it for ever. Events recorded at exactly this moment are included."}
    </p>
  );
}
