import type { Currency } from "@/domain/money/currency";
import type { Db } from "@/infra/postgres/connect";
import { isReadableSql } from "./account-row";

/** Over all accounts that match, not over one page. Never one sum across currencies. */
export type AccountTotals = {
  /** `held`: accounts whose balance is older than the others'. */
  totals: readonly { currency: Currency; exponent: number; balance: bigint; accounts: bigint; held: bigint }[];
  /** Accounts that match and are in no sum, since the bank gives no balance of them. */
  underReview: bigint;
  /** Accounts that match and are in no sum, since their row cannot be shown. */
  unreadable: bigint;
};

type Group = AccountTotals["totals"][number] & { sum: string; doubted: bigint; isReadable: boolean };

/** `matching`: `from account_balances b where …`, with its values. */
export async function accountTotals(db: Db, matching: string, values: readonly unknown[]): Promise<AccountTotals> {
  const { rows } = await db.query<Omit<Group, "balance">>(totalsSql(matching), [...values]);
  const readable = rows.filter(({ isReadable }) => isReadable);
  const spoilt = rows.filter(({ isReadable }) => !isReadable);
  return {
    totals: readable
      .filter(({ accounts }) => accounts > 0n)
      .map(({ currency, exponent, sum, accounts, held }) => ({
        currency,
        exponent,
        balance: BigInt(sum),
        accounts,
        held,
      })),
    underReview: readable.reduce((sum, { doubted }) => sum + doubted, 0n),
    unreadable: spoilt.reduce((sum, { accounts, doubted }) => sum + accounts + doubted, 0n),
  };
}

const isDoubted = "b.account_id in (select f.stream_id from findings f where f.closed_at is null and f.stream_id is not null)";
const isHeld = "b.account_id in (select p.account_id from parked_accounts p where p.reader = 'account_balances')";

// Grouped by `is_readable` as well, so that the rule is worked out once a row, and NaN stays out of the sums.
const totalsSql = (matching: string) => `
select b.currency, b.exponent, b.is_readable as "isReadable", coalesce(sum(b.balance) filter (where not b.is_doubted), 0)::text as sum,
       count(*) filter (where not b.is_doubted) as accounts, count(*) filter (where b.is_doubted) as doubted, count(*) filter (where b.is_held) as held
  from (select b.currency, b.exponent, b.balance, ${isReadableSql} as is_readable, ${isDoubted} as is_doubted, ${isHeld} as is_held ${matching}) b
 group by b.currency, b.exponent, b.is_readable order by b.currency`;
