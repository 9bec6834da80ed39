import { formatCustomerNumber } from "@/domain/customer-number";
import { findParties } from "@/infra/identity/find-parties";
import { type KnownParty, knownParties } from "@/infra/identity/people";
import { inPlace, type ReadRow } from "@/infra/rows/unreadable-row";
import { runtime } from "@/infra/runtime";
import type { AccountSummary as StoredSummary } from "@/projections/account-balances/account-row";
import type { HeldAtOpening } from "@/projections/account-balances/held-at-opening";
import { type AccountsPage, accountsFor } from "@/projections/account-balances/queries";
import type { Freshness as StoredFreshness } from "@/projections/freshness";
import { doubtedFrom } from "./under-review";
import { forViewer } from "./unreadable-rows";
import { isStaff, type Viewer } from "./viewer";

export type AccountSummary = Omit<StoredSummary, "holders"> & {
  /** What may be withdrawn. The whole balance, while there are neither holds nor overdrafts. */
  available: bigint;
  nickname: string | null;
  /** Names, for staff; a customer's own account needs none. */
  holders: readonly string[];
  /** Of each, for staff: the customer number, and former names. */
  holderFacts: readonly string[];
  /** Under review: its first event that the bank does not vouch for. Its balance is then nothing to show. */
  doubtedFrom: number | null;
};

/** What a figure is true for; `behind`: the log has gone on since. `heldAt`: the account's first event that it does not know. */
export type Freshness = { position: bigint; at: Date | null; behind: boolean; heldAt?: number };
export type CurrencyTotal = AccountsPage["totals"][number];

/** An account that is there and cannot be shown yet, since it is held from its opening. */
export type UnshownAccount = Pick<AccountSummary, "accountId" | "nickname" | "holders" | "holderFacts"> &
  Pick<HeldAtOpening, "accountNumber">;

export type AccountList = Pick<AccountsPage, "totals" | "underReview" | "unreadable" | "next"> & {
  accounts: readonly ReadRow<AccountSummary>[];
  unshown: readonly UnshownAccount[];
  freshness: Freshness;
};

export type AccountQuery = {
  q: string;
  status: "all" | "open" | "closed";
  sort: "activity" | "number";
  after?: string | undefined;
};

const PAGE = 50;
const HOLDERS_MAX = 200; // of those that a search names: more are no search

/** The accounts that the viewer may see, a page of 50 by key, with a sum a currency over all that match. */
export async function listAccounts(viewer: Viewer, { q, status, sort, after }: AccountQuery): Promise<AccountList> {
  const found = isStaff(viewer) && q !== "" ? await findParties(runtime().pool, { text: q, limit: HOLDERS_MAX }) : undefined;
  const holders = found?.parties.map(({ partyId }) => partyId);
  const question = { search: q, holders, status: status === "all" ? undefined : status, sort, cursor: after, limit: PAGE };
  const { accounts, heldAtOpening, freshness, ...page } = await accountsFor(runtime().pool, viewer.actor, question);
  return {
    ...page,
    accounts: await inPlace(forViewer(viewer, accounts), (readable) => summaries(viewer, readable)),
    unshown: await named(viewer, heldAtOpening),
    freshness: shownFreshness(freshness),
  };
}

/** Accounts as the viewer is shown them: with nicknames, and names of holders for staff. */
export async function summaries(viewer: Viewer, accounts: readonly StoredSummary[]): Promise<AccountSummary[]> {
  const shown = await named(viewer, accounts);
  return Promise.all(
    shown.map(async (account) => ({
      ...account,
      available: account.status === "open" ? account.balance : 0n,
      doubtedFrom: await doubtedFrom(account.accountId),
    })),
  );
}

type WithHolders = Pick<StoredSummary, "accountId" | "holders">;

async function named<A extends WithHolders>(viewer: Viewer, accounts: readonly A[]) {
  const ids = [...new Set(accounts.flatMap(({ holders }) => holders))];
  const known = isStaff(viewer) ? await knownParties(runtime().pool, ids) : new Map<string, KnownParty>();
  return accounts.map((account) => ({
    ...account,
    nickname: viewer.nicknames.get(account.accountId) ?? null,
    holders: isStaff(viewer) ? account.holders.map((id) => known.get(id)?.name ?? "an unnamed party") : [],
    holderFacts: isStaff(viewer) ? account.holders.flatMap((id) => factsOf(known.get(id))) : [],
  }));
}

/** What tells a holder from others of the same name. */
function factsOf(party: KnownParty | undefined): string[] {
  if (!party) return [];
  const former = party.formerNames.length > 0 ? `, formerly ${party.formerNames.join(", ")}` : "";
  return [`${formatCustomerNumber(party.customerNumber)}${former}`];
}

export function shownFreshness({ position, recordedAt, headPosition }: StoredFreshness): Freshness {
  return { position, at: recordedAt, behind: headPosition > position };
}
