import type { AccountEvent } from "@/domain/account/events";
import { type Currency, exponents } from "@/domain/money/currency";
import type { NumberFormat } from "@/domain/money/number-format";
import { parseAmount } from "@/domain/money/parse-amount";
import { runtime } from "@/infra/runtime";
import { activityFor, type Activity as StoredActivity } from "@/projections/activity/queries";
import { freshnessOf } from "@/projections/freshness";
import { heldAccounts } from "@/projections/parked/held-views";
import { type Freshness, shownFreshness } from "./accounts";
import { type ToldEvent, tellEvents } from "./told-events";
import { requireViewerAs, type Viewer } from "./viewer";

/** One event as it is told to staff. */
export type Activity = ToldEvent<StoredActivity>;

export type ActivityQuery = {
  words: string;
  number: string;
  amount: string;
  show: "all" | "openings" | "deposits" | "withdrawals" | "closings";
  before?: bigint | undefined;
};

/** `amountRead`: false where an amount was asked for that cannot be read in the viewer's number format. */
export type ActivityFeed = {
  events: readonly Activity[];
  next: bigint | null;
  amountRead: boolean;
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
export async function listActivity({ actor, format }: Viewer, query: ActivityQuery): Promise<ActivityFeed> {
  const { pool } = runtime();
  const amounts = query.amount === "" ? undefined : amountsOf(query.amount, format);
  const freshness = shownFreshness(await freshnessOf(pool, "activity")); // before the rows, which are at least as new
  const held = await heldAccounts(pool, "activity");
  if (amounts?.length === 0) return { events: [], next: null, amountRead: false, freshness, heldAccounts: held };
  const question = { words: query.words, accountNumber: query.number, amounts, type: types[query.show], before: query.before };
  const page = await activityFor(pool, actor, { ...question, limit: PAGE });
  return { events: await tellEvents(page.events), next: page.next, amountRead: true, freshness, heldAccounts: held };
}

/** "12.50" is 1,250 in currencies of two digits and 12,500 in those of three: every reading that the person's number format allows. */
function amountsOf(text: string, format: NumberFormat): { exponent: number; minorUnits: bigint }[] {
  return exponents.flatMap((exponent) => {
    const read = parseAmount(text, { currency: anyCurrency, exponent }, format);
    return read.ok ? [{ exponent, minorUnits: read.value.minorUnits }] : [];
  });
}

const anyCurrency = "XXX" as Currency; // ISO 4217 for "no currency": an amount alone is looked for
