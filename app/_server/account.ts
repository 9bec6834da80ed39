import { notFound } from "next/navigation";
import { cache } from "react";
import type { Account } from "@/domain/account/account";
import { type AccountId, parseAccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { stateAt } from "@/infra/time-travel/state-at";
import { versionAt } from "@/infra/time-travel/version-at";
import { type AccountRow, accountColumns } from "./account-row";
import { scopeCondition } from "./account-scope";
import { type AccountSummary, type Freshness, summaries } from "./accounts";
import { requestFacts } from "./request-facts";
import { unreadAccount } from "./unread-account";
import { requireAccountsViewer, type Viewer } from "./viewer";

export type AccountView = AccountSummary & { freshness: Freshness };

/**
 * The viewer and an account that this viewer may see; otherwise 404, and "not there" and "not yours" look the same.
 * Call it before anything is rendered: below a Suspense boundary the status would be 200.
 */
export async function requireAccount(
  accountId: string,
): Promise<{ viewer: Viewer; account: AccountView; may: { move: boolean } }> {
  const viewer = await requireAccountsViewer();
  const id = parseAccountId(accountId);
  const account = id && (await findAccount(viewer, id));
  if (!account) return refuseAccess(viewer, accountId);
  const moves = viewer.actor.role === "customer" || viewer.actor.role === "teller";
  return { viewer, account, may: { move: moves && account.status === "open" } };
}

/** The same for pages and actions that change the account. The right itself is checked again where the command is decided. */
export async function requireMovableAccount(accountId: string): Promise<{ viewer: Viewer; account: AccountView }> {
  const { viewer, account } = await requireAccount(accountId);
  if (viewer.actor.role === "auditor") notFound();
  return { viewer, account };
}

const findAccount = cache(async (viewer: Viewer, id: AccountId): Promise<AccountView | undefined> => {
  const scope = scopeCondition(viewer.actor, "$2");
  // One statement, one snapshot: the balance and the position it is true for belong together.
  const { rows } = await runtime().pool.query<ReadRow>(
    `select ${accountColumns}, c.position, c.recorded_at as at, coalesce((select max(position) from events), 0) as head
       from account_balances a, projection_checkpoints c where c.name = 'account_balances' and a.account_id = $1 and ${scope.sql}`,
    [id, scope.value],
  );
  const [row] = rows;
  const found = row ? read(row) : await unreadAccount(viewer, id);
  if (!found) return undefined;
  const [summary] = await summaries(viewer, [found.row]);
  return summary && { ...summary, freshness: found.freshness };
});

/** Not there and not theirs look the same to whoever asked; the security log keeps that they did. */
async function refuseAccess({ actor }: Viewer, accountId: string): Promise<never> {
  const { address } = await requestFacts();
  await recordSecurityEvent(runtime().pool, {
    kind: "access_refused",
    actor,
    address,
    detail: { accountId: parseAccountId(accountId) ?? "malformed" },
  });
  notFound();
}

type ReadRow = AccountRow & { position: bigint; at: Date | null; head: bigint };

function read({ position, at, head, ...row }: ReadRow): { row: AccountRow; freshness: Freshness } {
  return { row, freshness: { position, at, behind: head > position } };
}

/** The account at the head of the log itself, for a decision's preview. For accounts that the viewer was allowed to move. */
export async function currentAccount(accountId: AccountId): Promise<Account> {
  const { pool } = runtime();
  const { position } = await logHead(pool);
  return (await stateAt(pool, accountId, await versionAt(pool, accountId, { position }))).account;
}
