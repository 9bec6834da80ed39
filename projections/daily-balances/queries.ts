import type pg from "pg";
import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { transaction } from "@/infra/postgres/transaction";
import { isVisible } from "@/infra/time-travel/account-scope-sql";

export const DAYS_MAX = 4_000;

/** `day`: YYYY-MM-DD in the bank's zone. Minor units. */
export type DayBalance = { day: string; balance: bigint };

/**
 * Balances at the end of the days from `since` on (all, if left out), oldest first, at most the latest DAYS_MAX; before them the balance that
 * the first day began with. Undefined: no such account, or not for this actor.
 */
export async function dailyBalancesOf(
  pool: pg.Pool,
  actor: Actor,
  accountId: AccountId,
  since: string | undefined,
): Promise<{ before: DayBalance | null; days: readonly DayBalance[] } | undefined> {
  return transaction(
    pool,
    async (db) => {
      if (!(await isVisible(db, actor, accountId))) return undefined;
      const { rows: days } = await db.query<Row>(
        `select * from (select day::text, balance::text from daily_balances where account_id = $1 and ($2::date is null or day >= $2)
           order by daily_balances.day desc limit ${DAYS_MAX}) d order by d.day`,
        [accountId, since ?? null],
      );
      const { rows: earlier } = await db.query<Row>(
        "select day::text, balance::text from daily_balances where account_id = $1 and day < $2 order by daily_balances.day desc limit 1",
        [accountId, days[0]?.day ?? since ?? "infinity"],
      );
      return { before: dayBalance(earlier[0]) ?? null, days: days.flatMap((row) => dayBalance(row) ?? []) };
    },
    "repeatable read read only",
  );
}

type Row = { day: string; balance: string };

const dayBalance = (row: Row | undefined): DayBalance | undefined => row && { day: row.day, balance: BigInt(row.balance) };
