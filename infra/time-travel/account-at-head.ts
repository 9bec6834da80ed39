import type { AccountId } from "@/domain/ids";
import { type LogHead, logHead } from "../event-log/read";
import type { Db } from "../postgres/connect";
import { type StateAt, stateAt } from "./state-at";
import { versionAt } from "./version-at";

/** The account as the log itself has it now, whatever the read models have reached, and the head that this is true at. */
export async function accountAtHead(db: Db, accountId: AccountId): Promise<StateAt & { head: LogHead }> {
  const head = await logHead(db);
  return { ...(await stateAt(db, accountId, await versionAt(db, accountId, { position: head.position }))), head };
}
