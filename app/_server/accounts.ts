import { partyNames } from "@/infra/identity/people";
import { runtime } from "@/infra/runtime";
import type { AccountSummary as StoredSummary } from "@/projections/account-balances/account-row";
import type { HeldAtOpening } from "@/projections/account-balances/held-at-opening";
import { type AccountsPage, accountsFor } from "@/projections/account-balances/queries";
import type { Freshness as StoredFreshness } from "@/projections/freshness";
import { doubtedFrom } from "./under-review";
import { isStaff, type Viewer } from "./viewer";

export type AccountSummary = Omit<StoredSummary, "holders"> & {
  /** What may be withdrawn. The whole balance, while there are neither holds nor overdrafts. */
  available: bigint;
  nickname: string | null;
  /** Names, for staff; a customer's own account needs none. */
  holders: readonly string[];
  /** Under review: its first event that the bank does not vouch for. Its balance is then nothing to show. */
  doubtedFrom: number | null;
};

/** What a figure is true for; `behind`: the log has gone on since. `heldAt`: the account's first event that it does not know. */
export type Freshness = { position: bigint; at: Date | null; behind: boolean; heldAt?: number };
export type CurrencyTotal = AccountsPage["totals"][number];

/** An account that is there and cannot be shown yet, since it is held from its opening. */
export type UnshownAccount = Pick<AccountSummary, "accountId" | "nickname" | "holders"> & Pick<HeldAtOpening, "accountNumber">;

export type AccountList = Pick<AccountsPage, "totals" | "underReview" | "next"> & {
  accounts: readonly AccountSummary[];
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

/** The accounts that the viewer may see, a page of 50 by key, with a sum a currency over all that match. */
export async function listAccounts(viewer: Viewer, { q, status, sort, after }: AccountQuery): Promise<AccountList> {
  const question = { search: q, status: status === "all" ? undefined : status, sort, cursor: after, limit: PAGE };
  const { accounts, heldAtOpening, freshness, ...page } = await accountsFor(runtime().pool, viewer.actor, question);
  return {
    ...page,
    accounts: await summaries(viewer, accounts),
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
  const names = isStaff(viewer) ? await partyNames(runtime().pool, ids) : new Map<string, string>();
  return accounts.map((account) => ({
    ...account,
    nickname: viewer.nicknames.get(account.accountId) ?? null,
    holders: isStaff(viewer) ? account.holders.map((id) => names.get(id) ?? "an unnamed party") : [],
  }));
}

export function shownFreshness({ position, recordedAt, headPosition }: StoredFreshness): Freshness {
  return { position, at: recordedAt, behind: headPosition > position };
}
