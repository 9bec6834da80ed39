import { notFound } from "next/navigation";
import { cache } from "react";
import { type AccountId, parseAccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import { runtime } from "@/infra/runtime";
import { stateAt } from "@/infra/time-travel/state-at";
import { versionAt } from "@/infra/time-travel/version-at";
import { type AccountRow, accountColumns } from "./account-row";
import { scopeCondition } from "./account-scope";
import { type AccountSummary, type Freshness, summaries } from "./accounts";
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
  if (!account) notFound();
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
  const { rows } = await runtime().pool.query<AccountRow & { position: bigint; at: Date | null; head: bigint }>(
    `select ${accountColumns}, c.position, c.recorded_at as at, coalesce((select max(position) from events), 0) as head
       from account_balances a, projection_checkpoints c where c.name = 'account_balances' and a.account_id = $1 and ${scope.sql}`,
    [id, scope.value],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { position, at, head, ...account } = row;
  const [summary] = await summaries(viewer, [account]);
  return summary && { ...summary, freshness: { position, at, behind: head > position } };
});

/** The balance at the head of the log itself, for a decision's preview. For accounts that the viewer was allowed to move. */
export async function currentBalance(accountId: AccountId): Promise<bigint> {
  const { pool } = runtime();
  const { position } = await logHead(pool);
  const { account } = await stateAt(pool, accountId, await versionAt(pool, accountId, { position }));
  return account.status === "unopened" ? 0n : account.balance;
}
