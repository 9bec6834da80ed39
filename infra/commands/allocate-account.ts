import { type AccountNumber, accountNumberFrom } from "@/domain/account/account-number";
import type { AccountId } from "@/domain/ids";
import { newAccountId } from "../ids";
import type { Db } from "../postgres/connect";

/** A fresh id and number for an account about to be opened. Numbers of openings that are refused stay unused. */
export async function allocateAccount(db: Db): Promise<{ accountId: AccountId; accountNumber: AccountNumber }> {
  const { rows } = await db.query<{ next: bigint }>("select nextval('account_numbers') as next");
  const next = rows[0]?.next;
  if (next === undefined) throw new Error("the sequence of account numbers gave nothing");
  return { accountId: newAccountId(), accountNumber: accountNumberFrom(next) };
}
