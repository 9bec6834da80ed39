import { Fault } from "@/infra/checks/fault";
import type { Db } from "@/infra/postgres/connect";

const faultsMax = 100;

const reached = (reader: string) => `coalesce((select c.position from projection_checkpoints c where c.name = '${reader}'), 0)`;
const isDue = (reader: string) => `e.position <= ${reached(reader)} and not exists (select from parked_accounts k
  where k.reader = '${reader}' and k.account_id = e.stream_id and k.version <= e.version)`;

const digits = "e.data #>> '{amount,minorUnits}'";
const amount = `(case e.type when 'MoneyDeposited' then 1 when 'MoneyWithdrawn' then -1 else 0 end)
  * (case when ${digits} ~ '^[0-9]{1,30}$' then (${digits})::numeric else 0 end)`;

// By induction: an entry's balance is that of the entry before it and its own amount, and the amount is the event's.
const ofEventsSql = `select f.place, f.what from (
  select e.position, 'account_entries, ' || e.stream_id || '@' || e.version as place, case
      when a.version is null then 'the row is missing'
      when (a.position, a.recorded_at, a.type, a.command_id, a.actor) is distinct from
           (e.position, e.recorded_at, e.type, e.metadata ->> 'commandId', e.metadata ->> 'actor') then 'is not what the log holds'
      when a.amount <> ${amount} then 'its amount is not that of the event'
      when a.balance <> coalesce(p.balance, 0) + a.amount then 'its balance does not follow from the entry before it' end as what
    from events e left join account_entries a on a.account_id = e.stream_id and a.version = e.version
    left join account_entries p on p.account_id = e.stream_id and p.version = e.version - 1
   where e.position between $1 and $2 and ${isDue("account_entries")}
  union all
  select e.position, 'activity, position ' || e.position, case when v.position is null then 'missing'
      when (v.account_id, v.version, v.recorded_at, v.type, v.amount, v.actor) is distinct from
           (e.stream_id, e.version, e.recorded_at, e.type, ${amount}, e.metadata ->> 'actor') then 'is not what the log holds' end
    from events e left join activity v on v.position = e.position
   where e.position between $1 and $2 and ${isDue("activity")}
  union all
  select e.position, 'account_balances, ' || e.stream_id, 'the row is missing'
    from events e where e.position between $1 and $2 and e.type = 'AccountOpened' and ${isDue("account_balances")}
     and not exists (select from account_balances b where b.account_id = e.stream_id)
  union all
  select e.position, 'snapshots, ' || e.stream_id || '@' || e.version, 'is not what the entries give'
    from events e join snapshots s on s.stream_id = e.stream_id and s.version = e.version
    join account_entries a on a.account_id = e.stream_id and a.version = e.version
   where e.position between $1 and $2 and (s.position <> e.position or s.state ->> 'balance' is distinct from a.balance::text)) f
 where f.what is not null order by f.position, f.place limit ${faultsMax}`;

type Found = { place: string; what: string };

/** Holds the rows that stand for these events, both included, against them: entries, feed, snapshots. One statement, one snapshot. */
export async function faultyViews(db: Db, first: bigint, last: bigint): Promise<Fault[]> {
  const { rows } = await db.query<Found>({ name: "faulty_views", text: ofEventsSql, values: [first, last] });
  return rows.map(({ place, what }) => new Fault(place, what));
}

const ofAccountsSql = `select page.last, f.place, f.what from (
    select max(account_id) as last from (select account_id from account_balances where account_id > $1 order by account_id limit $2) n) page
  left join lateral (
    select 'account_balances, ' || b.account_id as place, 'its balance is ' || b.balance || ', and the entries give ' || coalesce(a.balance::text, 'none') as what
      from account_balances b left join account_entries a on a.account_id = b.account_id and a.version = b.version
     where b.account_id > $1 and b.account_id <= page.last and b.position <= ${reached("account_entries")} and a.balance is distinct from b.balance
       and not exists (select from parked_accounts k where k.reader = 'account_entries' and k.account_id = b.account_id and k.version <= b.version)
    union all
    select 'daily_balances, ' || d.account_id || ' on ' || d.day, 'is ' || d.balance || ', and the entries give ' || coalesce(a.balance::text, 'none')
      from daily_balances d left join account_entries a on a.account_id = d.account_id and a.version = d.version
     where d.account_id > $1 and d.account_id <= page.last and a.balance is distinct from d.balance
       and not exists (select from parked_accounts k where k.reader = 'account_entries' and k.account_id = d.account_id and k.version <= d.version)
       and ${reached("daily_balances")} <= ${reached("account_entries")}
    limit ${faultsMax}) f on true`;

/** Holds the balances of the next accounts against the entries. `last` null: there are no more accounts. */
export async function faultyAccounts(db: Db, after: string, limit: number): Promise<{ last: string | null; faults: Fault[] }> {
  const { rows } = await db.query<{ last: string | null; place: string | null; what: string | null }>({
    name: "faulty_accounts",
    text: ofAccountsSql,
    values: [after, limit],
  });
  const faults = rows.flatMap(({ place, what }) => (place !== null && what !== null ? [new Fault(place, what)] : []));
  return { last: rows[0]?.last ?? null, faults };
}
