import { maySee } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { logHead, readStream } from "@/infra/event-log/read";
import { runtime } from "@/infra/runtime";
import { stateAt } from "@/infra/time-travel/state-at";
import { versionAt } from "@/infra/time-travel/version-at";
import type { AccountRow } from "./account-row";
import type { Freshness } from "./accounts";
import type { Viewer } from "./viewer";

/**
 * An account that the balances have not got to: opened a moment ago, or while they stood still. Folded from the log at its head, so that
 * nobody is told that the account just opened does not exist. Who may see it is decided on that state.
 */
export async function unreadAccount(
  { actor }: Viewer,
  id: AccountId,
): Promise<{ row: AccountRow; freshness: Freshness } | undefined> {
  const { pool } = runtime();
  const head = await logHead(pool);
  const [opened] = await readStream(pool, id, { limit: 1 });
  if (!opened) return undefined;
  const { account, version } = await stateAt(pool, id, await versionAt(pool, id, { position: head.position }));
  if (account.status === "unopened" || !maySee(actor, account)) return undefined;
  const [last = opened] = await readStream(pool, id, { fromVersion: version, limit: 1 });
  const { balance, holders, ...state } = account;
  return {
    row: {
      ...state,
      accountId: id,
      version,
      holderIds: holders,
      balanceText: balance.toString(),
      openedAt: opened.recordedAt,
      lastActivityAt: last.recordedAt,
    },
    freshness: { position: head.position, at: head.recordedAt, behind: false },
  };
}
