import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { wholeNumber } from "../rows/stored-column";
import { stateAt } from "./state-at";
import { versionAt } from "./version-at";

/** Minor units; null: the account was not open. `source` tells which of the two ways answered. */
export type BalanceAsOf = { balance: bigint | null; source: "entries" | "log" };

/**
 * The balance alone, as of a time: one index look-up in `account_entries`, if that read model is known to hold everything up to T: its
 * checkpoint, in the same snapshot, is the head or strictly later than T, and it holds the account at no event recorded by then. Else the
 * fold of the log. That look-up is one statement, hence
 * one snapshot and one round trip; beside other answers, run it in their REPEATABLE READ transaction. For callers that may see the account.
 */
export async function balanceAsOf(db: Db, accountId: AccountId, t: Date): Promise<BalanceAsOf> {
  const { rows } = await db.query<{
    balance: string | null;
    reached: bigint;
    reachedAt: Date | null;
    head: bigint;
    heldAt: Date | null;
  }>({
    name: "balance_as_of",
    text: `select coalesce(c.position, 0) as reached, c.recorded_at as "reachedAt",
       coalesce((select e.position from events e order by e.position desc limit 1), 0) as head,
       (select e.recorded_at from parked_accounts p join events e on e.stream_id = p.account_id and e.version = p.version
         where p.reader = 'account_entries' and p.account_id = $1) as "heldAt",
       (select e.balance::text from account_entries e where e.account_id = $1 and e.recorded_at <= $2
         order by e.recorded_at desc, e.version desc limit 1) as balance
       from (select) one left join projection_checkpoints c on c.name = 'account_entries'`,
    values: [accountId, t],
  });
  const [entry] = rows;
  const isHeld = entry?.heldAt != null && entry.heldAt <= t;
  if (entry && !isHeld && ((entry.reachedAt !== null && entry.reachedAt > t) || entry.reached === entry.head)) {
    const balance = entry.balance === null ? null : wholeNumber(entry.balance);
    if (balance !== undefined) return { balance, source: "entries" };
  }
  const { account } = await stateAt(db, accountId, await versionAt(db, accountId, { recordedAt: t }));
  return { balance: account.status === "unopened" ? null : account.balance, source: "log" };
}
