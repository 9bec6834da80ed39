import { Fault } from "@/infra/checks/fault";
import type { Db } from "@/infra/postgres/connect";

/**
 * Holds `daily_balances` against the events' own dates and against `account_entries`, which were held against the fold before, as far as both
 * have come, and up to where they hold an account; in one snapshot. An account that the entries hold is left out.
 */
export async function checkDailyBalances(db: Db, reached: bigint): Promise<void> {
  const { rows } = await db.query<{ accountId: string; day: string; found: string; expected: string }>(
    `with held as (select account_id, version from parked_accounts where reader = 'daily_balances'),
     unsure as (select account_id from parked_accounts where reader = 'account_entries'),
     dated as (
       select stream_id, version, max((metadata ->> 'bankDate')::date) over (partition by stream_id order by version) as day
         from events e where position <= $1 and not exists (select from held h where h.account_id = e.stream_id and h.version <= e.version)
          and stream_id not in (select account_id from unsure)
     ), expected as (
       select d.stream_id as account_id, d.day, e.balance, e.version
         from (select stream_id, day, max(version) as version from dated group by stream_id, day) d
         left join account_entries e on e.account_id = d.stream_id and e.version = d.version
     )
     select coalesce(b.account_id, x.account_id) as "accountId", coalesce(b.day, x.day)::text as day,
            coalesce(b.balance || ' after event ' || b.version, 'missing') as found,
            coalesce(x.balance || ' after event ' || x.version, 'missing') as expected
       from expected x full join (select * from daily_balances where account_id not in (select account_id from unsure)) b on b.account_id = x.account_id and b.day = x.day
      where b.balance is distinct from x.balance or b.version is distinct from x.version
      order by 1, 2 limit 1`,
    [reached],
  );
  const [fault] = rows;
  if (fault)
    throw new Fault(`daily_balances, ${fault.accountId} on ${fault.day}`, `is ${fault.found}, and should be ${fault.expected}`);
}
