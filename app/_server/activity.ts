import type { AccountEvent } from "@/domain/account/events";
import { inPlace, type ReadRow } from "@/infra/rows/unreadable-row";
import { runtime } from "@/infra/runtime";
import { activityFor, type Activity as StoredActivity } from "@/projections/activity/queries";
import { freshnessOf } from "@/projections/freshness";
import { heldAccounts } from "@/projections/parked/held-views";
import type { AnyAmount } from "../_components/money/read-amount";
import { type Freshness, shownFreshness } from "./accounts";
import { type ToldEvent, tellEvents } from "./told-events";
import { requireViewerAs, type Viewer } from "./viewer";

/** One event as it is told to staff. */
export type Activity = ToldEvent<StoredActivity>;

export type ActivityQuery = {
  words: string;
  number: string;
  /** Null: any amount. */
  amount: { asked: AnyAmount | null };
  show: "all" | "openings" | "deposits" | "withdrawals" | "closings";
  before?: bigint | undefined;
};

export type ActivityFeed = {
  events: readonly ReadRow<Activity>[];
  next: bigint | null;
  freshness: Freshness;
  heldAccounts: number;
};

const PAGE = 50;

const types: Readonly<Record<ActivityQuery["show"], AccountEvent["type"] | undefined>> = {
  all: undefined,
  openings: "AccountOpened",
  deposits: "MoneyDeposited",
  withdrawals: "MoneyWithdrawn",
  closings: "AccountClosed",
};

/** Staff that looks at accounts; to others the page is not there. */
export const requireStaffViewer = (): Promise<Viewer> => requireViewerAs("teller", "auditor");

/** What happened in the bank, newest first. */
export async function listActivity({ actor }: Viewer, query: ActivityQuery): Promise<ActivityFeed> {
  const { pool } = runtime();
  const freshness = shownFreshness(await freshnessOf(pool, "activity")); // before the rows, which are at least as new
  const held = await heldAccounts(pool, "activity");
  const question = {
    words: query.words,
    accountNumber: query.number,
    amounts: query.amount.asked?.readings,
    currencies: query.amount.asked?.currencies ?? undefined,
    type: types[query.show],
    before: query.before,
  };
  const page = await activityFor(pool, actor, { ...question, limit: PAGE });
  return { events: await inPlace(page.events, tellEvents), next: page.next, freshness, heldAccounts: held };
}
