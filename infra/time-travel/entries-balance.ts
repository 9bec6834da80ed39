import type { AccountId } from "@/domain/ids";
import type { Db } from "../postgres/connect";

// The one place in infra/ that reads a read model: the comparison is worth something only in the snapshot of the fold it is compared with.

/** How the balance of `account_entries`, computed by other code, compares with the fold of the log. Balances in minor units. */
export type EntriesBalance =
  | { kind: "equal" }
  | { kind: "different"; folded: bigint; entries: bigint | null }
  /** The read model has not reached the event that the answer stands on. */
  | { kind: "behind"; position: bigint }
  /** The read model holds the account at this version, at or before the event that the answer stands on. */
  | { kind: "held"; version: number };

/** `version` and `position`: of the event that the answer stands on. */
export async function compareEntries(
  db: Db,
  { accountId, version, position, folded }: { accountId: AccountId; version: number; position: bigint; folded: bigint },
): Promise<EntriesBalance> {
  const { rows } = await db.query<{ reached: bigint; balance: string | null; held: number | null }>({
    name: "compare_entries",
    text: `select coalesce(c.position, 0) as reached, e.balance::text, p.version as held from (select) one
       left join projection_checkpoints c on c.name = 'account_entries'
       left join parked_accounts p on p.reader = 'account_entries' and p.account_id = $1
       left join account_entries e on e.account_id = $1 and e.version = $2`,
    values: [accountId, version],
  });
  const { reached = 0n, balance = null, held = null } = rows[0] ?? {};
  if (reached < position) return { kind: "behind", position: reached };
  if (held !== null && held <= version) return { kind: "held", version: held };
  if (balance !== null && BigInt(balance) === folded) return { kind: "equal" };
  return { kind: "different", folded, entries: balance === null ? null : BigInt(balance) };
}
