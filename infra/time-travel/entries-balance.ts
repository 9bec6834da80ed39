import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";

// The one place in infra/ that reads a read model: the comparison is worth something only in the snapshot of the fold it is compared with.

/** How the balance of `account_entries`, computed by other code, compares with the fold of the log. Balances in minor units. */
export type EntriesBalance =
  | { kind: "equal" }
  | { kind: "different"; folded: bigint; entries: bigint | null }
  /** The read model has not reached the event that the answer stands on. */
  | { kind: "behind"; position: bigint };

/** `version` and `position`: of the event that the answer stands on. */
export async function compareEntries(
  db: Db,
  { accountId, version, position, folded }: { accountId: AccountId; version: number; position: bigint; folded: bigint },
): Promise<EntriesBalance> {
  const { rows } = await db.query<{ reached: bigint; balance: string | null }>(
    `select coalesce(c.position, 0) as reached, e.balance::text from (select) one
       left join projection_checkpoints c on c.name = 'account_entries'
       left join account_entries e on e.account_id = $1 and e.version = $2`,
    [accountId, version],
  );
  const { reached = 0n, balance = null } = rows[0] ?? {};
  if (reached < position) return { kind: "behind", position: reached };
  if (balance !== null && BigInt(balance) === folded) return { kind: "equal" };
  return { kind: "different", folded, entries: balance === null ? null : BigInt(balance) };
}
