import type { Account } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { DataKey } from "@/infra/personal-text/keys";

/** An account as the executor knows it: `version` 0 and no key while it does not exist. `hash` is the last event's. */
export type Aggregate = { account: Account; version: number; hash: Buffer; key: DataKey | null };

export type AggregateCache = ReturnType<typeof createAggregateCache>;

/**
 * Least recently used goes first. A cache only: the append compares versions with the log, unless nobody else has written since the `era`
 * (see log-tail.ts) in which a state was last known to be current.
 */
export function createAggregateCache(countMax: number) {
  const states = new Map<AccountId, { aggregate: Aggregate; era: number | "outdated" }>();
  return {
    get(id: AccountId): Aggregate | undefined {
      const found = states.get(id);
      if (!found || found.era === "outdated") return undefined;
      states.delete(id);
      states.set(id, found);
      return found.aggregate;
    },
    /** What `get` would give, or gave before it was outdated: a state that the account once had, and nothing to decide on. */
    lastKnown(id: AccountId): Aggregate | undefined {
      return states.get(id)?.aggregate;
    },
    isCurrent(id: AccountId, era: number): boolean {
      return states.get(id)?.era === era;
    },
    put(id: AccountId, aggregate: Aggregate, era: number): void {
      states.delete(id);
      states.set(id, { aggregate, era });
      if (states.size > countMax) for (const oldest of states.keys()) return void states.delete(oldest);
    },
    /** Somebody else has written, or may have: `get` gives these no more. */
    outdate(ids: Iterable<AccountId>): void {
      for (const id of ids) {
        const found = states.get(id);
        if (found) found.era = "outdated";
      }
    },
    drop(ids: Iterable<AccountId>): void {
      for (const id of ids) states.delete(id);
    },
    clear(): void {
      states.clear();
    },
  };
}
