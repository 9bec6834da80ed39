import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { eventToFold, readStreamToFold } from "../event-log/read";
import type { Db } from "../postgres/connect";
import { newestSnapshot } from "../snapshots/read-snapshot";

/** How the state was put together: "from snapshot at 300 + 12 events"; without a snapshot, from the first event. */
export type StateAt = { account: Account; version: number; snapshotVersion: number | null; eventsFolded: number };

const eventsPerPage = 2_000;

/** The account after its first `version` events: the newest snapshot at or before, the later events, and the `evolve` that decides. */
export async function stateAt(db: Db, accountId: AccountId, version: number): Promise<StateAt> {
  const snapshot = await newestSnapshot(db, accountId, version);
  const from = snapshot ?? { account: unopened, version: 0 };
  const account = await foldOn(db, accountId, from, version);
  return { account, version, snapshotVersion: snapshot?.version ?? null, eventsFolded: version - from.version };
}

/** The state at a later version, from a known one. `note` is told the state after each event on the way. */
export async function foldOn(
  db: Db,
  accountId: AccountId,
  from: { account: Account; version: number },
  version: number,
  note?: (version: number, account: Account) => void,
): Promise<Account> {
  let { account, version: reached } = from;
  while (reached < version) {
    const page = await readStreamToFold(db, accountId, { fromVersion: reached + 1, toVersion: version, limit: eventsPerPage });
    const last = page.at(-1);
    if (!last) throw new Error(`${accountId} ends at version ${reached}, before ${version}`);
    for (const row of page) {
      account = evolve(account, eventToFold(accountId, row));
      note?.(row[0], account);
    }
    [reached] = last;
  }
  return account;
}
