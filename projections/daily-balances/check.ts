import type { Db } from "@/infra/postgres/connect";
import { Fault } from "../verify/fault";

/**
 * Holds `daily_balances` against the events' own dates and against `account_entries`, which were held against the fold before, as far as both
 * have come; in one snapshot.
 */
export async function checkDailyBalances(db: Db, reached: bigint): Promise<void> {
  const { rows } = await db.query<{ accountId: string; day: string; found: string; expected: string }>(
    `with dated as (
       select stream_id, version, max((metadata ->> 'bankDate')::date) over (partition by stream_id order by version) as day
         from events where position <= $1
     ), expected as (
       select d.stream_id as account_id, d.day, e.balance, e.version
         from (select stream_id, day, max(version) as version from dated group by stream_id, day) d
         left join account_entries e on e.account_id = d.stream_id and e.version = d.version
     )
     select coalesce(b.account_id, x.account_id) as "accountId", coalesce(b.day, x.day)::text as day,
            coalesce(b.balance || ' after event ' || b.version, 'missing') as found,
            coalesce(x.balance || ' after event ' || x.version, 'missing') as expected
       from expected x full join daily_balances b on b.account_id = x.account_id and b.day = x.day
      where b.balance is distinct from x.balance or b.version is distinct from x.version
      order by 1, 2 limit 1`,
    [reached],
  );
  const [fault] = rows;
  if (fault)
    throw new Fault(`daily_balances, ${fault.accountId} on ${fault.day}`, `is ${fault.found}, and should be ${fault.expected}`);
}
