import { parseAccountNumber } from "@/domain/account/account-number";
import { type AccountId, parseAccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";

/** The account that somebody named by its number or its id. An id is believed. */
export async function findAccount(db: Db, text: string): Promise<AccountId | undefined> {
  const number = parseAccountNumber(text);
  if (number === undefined) return parseAccountId(text);
  const { rows } = await db.query<{ id: AccountId }>(
    "select e.stream_id as id from events e where e.type = 'AccountOpened' and e.data ->> 'accountNumber' = $1",
    [number],
  );
  return rows[0]?.id;
}
