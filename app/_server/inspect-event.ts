import { notFound } from "next/navigation";
import type { Account } from "@/domain/account/account";
import { formatAccountNumber } from "@/domain/account/account-number";
import type { AccountId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";
import { eventDetail } from "@/infra/time-travel/event-detail";
import { formatMoney } from "../_components/money/format-money";
import { type EventFacts, eventFacts } from "./event-facts";
import { type ToldEvent, tellEvents } from "./told-events";
import type { Viewer } from "./viewer";

export type { EventFacts } from "./event-facts";

export type StateField = { name: string; before: string | null; after: string | null };
export type InspectedEvent = {
  event: ToldEvent & { balanceAfter: bigint };
  hasNext: boolean;
  state: readonly StateField[];
  internals: EventFacts | null;
};

/** One event, opened up; 404 where there is none or it is not this viewer's. Customers get no internals. */
export async function inspectEvent(viewer: Viewer, accountId: AccountId, version: number): Promise<InspectedEvent> {
  const detail = await eventDetail(runtime(), viewer.actor, accountId, version);
  if (!detail) notFound();
  const balanceAfter = detail.after.status === "unopened" ? 0n : detail.after.balance;
  const [event] = await tellEvents([{ ...detail.event, balanceAfter }]);
  if (!event) throw new Error("an event was read and not told");
  const internals =
    detail.internals && eventFacts(detail.internals, event.description ?? (event.unopened ? "cannot be opened" : "erased"));
  return { event, hasNext: detail.hasNext, state: compare(viewer, detail.before, detail.after), internals };
}

function compare(viewer: Viewer, before: Account, after: Account): readonly StateField[] {
  const was = fieldsOf(viewer, before);
  const is = fieldsOf(viewer, after);
  return [...is.keys()].map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }));
}

function fieldsOf(viewer: Viewer, account: Account): ReadonlyMap<string, string> {
  if (account.status === "unopened") return new Map([["Status", "not open"]]);
  return new Map([
    ["Status", account.status],
    [
      "Balance",
      formatMoney({ minorUnits: account.balance, currency: account.currency, exponent: account.exponent }, viewer.format),
    ],
    ["Currency", account.currency],
    ["Kind", account.product],
    ["Number", formatAccountNumber(account.accountNumber)],
    ["Holders", String(account.holders.length)],
  ]);
}
