import { type Account, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { isUnreadableEvent, type UnreadableEvent } from "../event-log/codec/unreadable-event";
import type { Db } from "../postgres/connect";
import { newestSnapshot } from "../snapshots/read-snapshot";
import { foldOn } from "./state-at";

/** Events further apart than this, as on a filtered page, are bridged by the next snapshot: the fold between them is not paid for. */
const foldOnMax = 200;

/** `after`: the balance after an event, by its version; those that nobody can know are missing. `damage`: why. */
export type KnownBalances = { after: ReadonlyMap<number, bigint>; damage: DamageAt | null };

/** The first event that the fold could not go beyond. */
export type DamageAt = { version: number; damage: UnreadableEvent };

/** The balance after each of an account's events at `versions`, in any order. One fold a stretch of them, not one an event. */
export async function balancesAfter(db: Db, accountId: AccountId, versions: readonly number[]): Promise<KnownBalances> {
  const wanted = new Set(versions);
  const after = new Map<number, bigint>();
  let damage: DamageAt | null = null;
  let reached = 0;
  const note = (version: number, account: Account) => {
    reached = version;
    if (wanted.has(version)) after.set(version, balanceOf(account));
  };
  for (const { first, last } of stretchesOf(versions)) {
    const start = (await newestSnapshot(db, accountId, first)) ?? { account: unopened, version: 0 };
    note(start.version, start.account);
    const error = await foldOn(db, accountId, start, last, note).then(() => undefined, unreadableOnly);
    if (error) damage ??= { version: reached + 1, damage: error };
  }
  return { after, damage };
}

function unreadableOnly(error: unknown): UnreadableEvent {
  if (isUnreadableEvent(error)) return error;
  throw error;
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
