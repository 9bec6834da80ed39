import { maySee } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { readStream } from "@/infra/event-log/read";
import { runtime } from "@/infra/runtime";
import { accountAtHead } from "@/infra/time-travel/account-at-head";
import type { AccountSummary } from "@/projections/account-balances/account-row";
import type { Freshness } from "@/projections/freshness";
import { heldViewsOf } from "@/projections/parked/held-views";
import type { Viewer } from "./viewer";

/**
 * An account that the balances have not got to: opened a moment ago, or while they stood still. Folded from the log at its head, so that
 * nobody is told that the account just opened does not exist. Who may see it is decided on that state.
 */
export async function unreadAccount(
  { actor }: Viewer,
  id: AccountId,
): Promise<(AccountSummary & { freshness: Freshness }) | undefined> {
  const { pool } = runtime();
  const [opened] = await readStream(pool, id, { limit: 1 });
  if (!opened) return undefined;
  const { account, version, head } = await accountAtHead(pool, id);
  if (account.status === "unopened" || !maySee(actor, account)) return undefined;
  const [last = opened] = await readStream(pool, id, { fromVersion: version, limit: 1 });
  const { account_balances: _, ...held } = await heldViewsOf(pool, id); // this balance is from the log itself
  return {
    ...account,
    accountId: id,
    version,
    position: last.position,
    recordedAt: last.recordedAt,
    openedAt: opened.recordedAt,
    lastActivityAt: last.recordedAt,
    held,
    freshness: { position: head.position, recordedAt: head.recordedAt, headPosition: head.position },
  };
}
