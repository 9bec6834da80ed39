import { wholeNumber } from "../rows/stored-column";

/** How the balance of `account_entries`, computed by other code, compares with the fold of the log. Balances in minor units. */
export type EntriesBalance =
  | { kind: "equal" }
  | { kind: "different"; folded: bigint; entries: bigint | "unreadable" | null }
  /** The read model has not reached the event that the answer stands on. */
  | { kind: "behind"; position: bigint }
  /** The read model holds the account at this version, at or before the event that the answer stands on. */
  | { kind: "held"; version: number };

/** What the read model has at the event that the answer stands on, read in the snapshot of the fold: else the comparison is worth nothing. */
export type EntriesThen = { reached: string; held: number | null; balance: string | null };

/** `version` and `position`: of the event that the answer stands on. */
export function compareEntries(
  { reached, held, balance }: EntriesThen,
  { version, position, folded }: { version: number; position: bigint; folded: bigint },
): EntriesBalance {
  if (BigInt(reached) < position) return { kind: "behind", position: BigInt(reached) };
  if (held !== null && held <= version) return { kind: "held", version: held };
  const entries = balance === null ? null : (wholeNumber(balance) ?? "unreadable");
  return entries === folded ? { kind: "equal" } : { kind: "different", folded, entries };
}
