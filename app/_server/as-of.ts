import { notFound } from "next/navigation";
import type { Account } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { partyNames } from "@/infra/identity/people";
import { runtime } from "@/infra/runtime";
import { type AsOfAnswer, type AsOfQuestion, accountAsOf, type Pin } from "@/infra/time-travel/account-as-of";
import type { EventView } from "@/infra/time-travel/event-view";
import { type ToldEvent, tellEvents } from "./told-events";
import { isStaff, type Viewer } from "./viewer";

export type { AsOfQuestion, Pin } from "@/infra/time-travel/account-as-of";

/** What a lasting address must carry: a final instant alone, else the pin (and the instant, to show it). */
export type LastingAddress = { t?: Date | undefined; pin?: Pin | undefined };

export type AsOf = Omit<AsOfAnswer, "stoodOn"> & {
  /** The instant that was asked for, else that of the event it stands on. */
  moment: Date | undefined;
  address: LastingAddress;
  holders: readonly string[];
  stoodOn: ToldEvent<EventView> | null;
};

export type AnotherHistory = { kind: "another_history"; position: bigint };

/** An account at a moment, at a position, or right after one of its events; 404 where the viewer may not see it. `t`: the instant once asked for. */
export async function answerAsOf(
  viewer: Viewer,
  accountId: AccountId,
  at: AsOfQuestion,
  t: Date | undefined,
): Promise<AsOf | AnotherHistory> {
  const answer = await accountAsOf(runtime(), viewer.actor, { accountId, at });
  if (!answer) notFound();
  if (answer.kind === "another_history") return answer;
  const [told] = await tellEvents(answer.stoodOn ? [answer.stoodOn] : []);
  return {
    ...answer,
    moment: at.kind === "time" ? at.t : (t ?? answer.stoodOn?.recordedAt),
    address:
      at.kind === "time" && answer.final ? { t: at.t } : { t: at.kind === "time" ? at.t : t, pin: answer.pin ?? undefined },
    holders: await holderNames(viewer, answer.state),
    stoodOn: told ?? null,
  };
}

async function holderNames(viewer: Viewer, state: Account): Promise<readonly string[]> {
  if (state.status === "unopened") return [];
  if (!isStaff(viewer) && state.holders.length === 1) return ["You"];
  const names = await partyNames(runtime().pool, state.holders);
  return state.holders.map((id) => names.get(id) ?? "an unnamed party");
}
