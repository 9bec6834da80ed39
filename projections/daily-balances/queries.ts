import type { Actor } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { stored, wholeNumber } from "@/infra/rows/stored-column";
import { type RowReader, readableOnly, readRows } from "@/infra/rows/unreadable-row";
import { isVisible } from "@/infra/time-travel/account-scope-sql";

export const DAYS_MAX = 4_000;

/** `day`: YYYY-MM-DD in the bank's zone. Minor units. */
export type DayBalance = { day: string; balance: bigint };

/** `unreadable`: days that cannot be shown, and are in neither of the two. */
export type DailyBalances = { before: DayBalance | null; days: readonly DayBalance[]; unreadable: number };

/**
 * Balances at the end of the days from `since` on (all, if left out), oldest first, at most the latest DAYS_MAX; before them the balance that
 * the first day began with. Undefined: no such account, or not for this actor.
 */
export async function dailyBalancesOf(
  db: Db,
  actor: Actor,
  accountId: AccountId,
  since: string | undefined,
): Promise<DailyBalances | undefined> {
  if (!(await isVisible(db, actor, accountId))) return undefined; // what is visible stays so
  const { rows } = await db.query<Row>({ name: "daily_balances_of", text: daysSql, values: [accountId, since ?? null] });
  const read = readRows(dayRows(accountId), rows);
  const readable = readableOnly(read);
  const [before = null] = readable.filter(({ isBefore }) => isBefore);
  return { before, days: readable.filter(({ isBefore }) => !isBefore), unreadable: read.length - readable.length };
}

// One statement, one snapshot: the days and the balance that the first of them began with belong together.
const daysSql = `
with asked as (select day, balance from daily_balances where account_id = $1 and ($2::date is null or day >= $2) order by day desc limit ${DAYS_MAX}),
  earlier as (select day, balance from daily_balances
    where account_id = $1 and day < coalesce((select min(day) from asked), $2::date, 'infinity') order by day desc limit 1)
select day::text, balance::text, true as "isBefore" from earlier
union all
select day::text, balance::text, false from asked
order by day`;

type Row = { day: string; balance: string; isBefore: boolean };

const dayRows = (accountId: AccountId): RowReader<Row, DayBalance & { isBefore: boolean }> => ({
  table: "daily_balances",
  id: ({ day }) => `${accountId} on ${day}`,
  read: ({ day, balance, isBefore }) => ({
    day: stored("day", /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) ? day : undefined),
    balance: stored("balance", wholeNumber(balance)),
    isBefore,
  }),
});
