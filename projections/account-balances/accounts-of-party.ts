import type { PartyId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { readableOnly, readRows } from "@/infra/rows/unreadable-row";
import { type AccountRow, type AccountSummary, accountColumns, accountRows } from "./account-row";

/** The first open accounts of a party by number, at most `limit`. Those that cannot be shown are left to the list of accounts, which says so. */
export async function accountsOfParty(db: Db, partyId: PartyId, limit: number): Promise<AccountSummary[]> {
  const { rows } = await db.query<AccountRow>({
    name: "accounts_of_party",
    text: `select ${accountColumns} from account_balances b
            where b.holders @> array[$1::text] and b.status = 'open' order by b.account_number limit $2`,
    values: [partyId, limit],
  });
  return readableOnly(readRows(accountRows, rows));
}
