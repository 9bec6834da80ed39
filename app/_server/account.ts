import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type AccountId, parseAccountId } from "@/domain/ids";
import { logger } from "@/infra/logging/logger";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { alteredFrom } from "@/infra/time-travel/find-damage";
import { accountForViewer } from "@/projections/account-balances/queries";
import { type AccountSummary, type Freshness, shownFreshness, summaries } from "./accounts";
import { mayKnowOf } from "./may-know-of";
import { isUnreadable, readable, type UnreadableEvent } from "./readable";
import { requestFacts } from "./request-facts";
import { unreadAccount } from "./unread-account";
import { requireAccountsViewer, type Viewer } from "./viewer";

export type AccountView = AccountSummary & { freshness: Freshness };

/**
 * The viewer and an account that this viewer may see; otherwise 404, and "not there" and "not yours" look the same. An account of which
 * nothing can be shown, because its first event cannot be read, has a page that says so. Call it before anything is rendered: below a
 * Suspense boundary the status would be 200.
 */
export async function requireAccount(
  accountId: string,
): Promise<{ viewer: Viewer; account: AccountView; may: { move: boolean } }> {
  const { viewer, found: account } = await lookFor(accountId);
  if (isUnreadable(account)) redirect(`/accounts/${accountId}/held`);
  const moves = viewer.actor.role === "customer" || viewer.actor.role === "teller";
  return { viewer, account, may: { move: moves && account.status === "open" && account.doubtedFrom === null } };
}

/** The same for the account's own page, which calls its balance true: the events behind that are held against their hashes first. */
export async function requireCheckedAccount(accountId: string): ReturnType<typeof requireAccount> {
  const found = await requireAccount(accountId);
  const { account, may } = found;
  if (account.doubtedFrom !== null) return found;
  const altered = await alteredFrom(runtime().pool, account.accountId, account.version);
  if (altered === null) return found;
  logger.error({ accountId: account.accountId, version: altered }, "an account's event is not what its hash says");
  return { ...found, account: { ...account, doubtedFrom: altered }, may: { ...may, move: false } };
}

/** The same for pages and actions that change the account. The right itself is checked again where the command is decided. */
export async function requireMovableAccount(accountId: string): Promise<{ viewer: Viewer; account: AccountView }> {
  const { viewer, account } = await requireAccount(accountId);
  if (viewer.actor.role === "auditor") notFound();
  return { viewer, account };
}

/** What stands in the way of showing anything of an account; one that can be shown leads to its own page. */
export async function requireUnreadableAccount(accountId: string): Promise<UnreadableEvent> {
  const { found } = await lookFor(accountId);
  return isUnreadable(found) ? found : redirect(`/accounts/${accountId}`);
}

async function lookFor(accountId: string): Promise<{ viewer: Viewer; found: AccountView | UnreadableEvent }> {
  const viewer = await requireAccountsViewer();
  const id = parseAccountId(accountId);
  const found = id && (await findAccount(viewer, id));
  return found ? { viewer, found } : refuseAccess(viewer, accountId);
}

const findAccount = cache(async (viewer: Viewer, id: AccountId): Promise<AccountView | UnreadableEvent | undefined> => {
  const read = await accountForViewer(runtime().pool, viewer.actor, id);
  const found = read ?? (await readable(unreadAccount(viewer, id)));
  if (!found) return undefined;
  if (isUnreadable(found)) return (await mayKnowOf(viewer, id)) ? found : undefined;
  const [summary] = await summaries(viewer, [found]);
  return summary && { ...summary, freshness: freshnessOf(found) };
});

/** A balance that is held is true for the account's last event that it knows, however far the others have come. */
function freshnessOf({ held, position, recordedAt, freshness }: Found): Freshness {
  const heldAt = held.account_balances;
  return heldAt === undefined ? shownFreshness(freshness) : { position, at: recordedAt, behind: true, heldAt };
}

type Found = NonNullable<Awaited<ReturnType<typeof accountForViewer>>>;

/** Not there and not theirs look the same to whoever asked; the security log keeps that they did. */
async function refuseAccess({ actor }: Viewer, accountId: string): Promise<never> {
  const { address } = await requestFacts();
  await recordSecurityEvent(runtime().pools.identity, {
    kind: "access_refused",
    actor,
    address,
    detail: { accountId: parseAccountId(accountId) ?? "malformed" },
  });
  notFound();
}
