import { type Account, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { newestSnapshot } from "../snapshots/read-snapshot";
import { foldOn } from "./state-at";

/** Events further apart than this, as on a filtered page, are bridged by the next snapshot: the fold between them is not paid for. */
const foldOnMax = 200;

/** The balance after each of an account's events at `versions`, in any order. One fold a stretch of them, not one an event. */
export async function balancesAfter(
  db: Db,
  accountId: AccountId,
  versions: readonly number[],
): Promise<ReadonlyMap<number, bigint>> {
  const wanted = new Set(versions);
  const balances = new Map<number, bigint>();
  const note = (version: number, account: Account) => {
    if (wanted.has(version)) balances.set(version, balanceOf(account));
  };
  for (const { first, last } of stretchesOf(versions)) {
    const start = (await newestSnapshot(db, accountId, first)) ?? { account: unopened, version: 0 };
    note(start.version, start.account);
    await foldOn(db, accountId, start, last, note);
  }
  return balances;
}

export const balanceOf = (account: Account): bigint => (account.status === "unopened" ? 0n : account.balance);

function stretchesOf(versions: readonly number[]): { first: number; last: number }[] {
  const stretches: { first: number; last: number }[] = [];
  for (const version of [...versions].sort((a, b) => a - b)) {
    const open = stretches.at(-1);
    if (open && version - open.last <= foldOnMax) open.last = version;
    else stretches.push({ first: version, last: version });
  }
  return stretches;
}
