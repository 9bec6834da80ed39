import { Fault } from "@/infra/checks/fault";
import type { Db } from "@/infra/postgres/connect";

const beforeHeld = "not exists (select from held h where h.account_id = n.account_id and h.version <= n.version)";

/** Holds `activity` against `account_entries`, which was held against the fold before, as far as both have come, and up to where they hold an account; in one snapshot. */
export async function checkActivity(db: Db, reached: bigint): Promise<void> {
  const { rows } = await db.query<{ position: bigint; missing: boolean; extra: boolean }>(
    `with held as (select account_id, min(version) as version from parked_accounts where reader in ('activity', 'account_entries') group by account_id)
     select coalesce(a.position, e.position) as position, a.position is null as missing, e.position is null as extra
       from (select * from account_entries n where position <= $1 and ${beforeHeld}) e
       full join (select * from activity n where ${beforeHeld}) a on a.position = e.position
      where (a.account_id, a.version, a.recorded_at, a.type, a.amount, a.description, a.actor)
            is distinct from (e.account_id, e.version, e.recorded_at, e.type, e.amount, e.description, e.actor)
      order by 1 limit 1`,
    [reached],
  );
  const [fault] = rows;
  if (!fault) return;
  const what = fault.missing ? "missing" : fault.extra ? "the log holds no such event" : "is not what account_entries holds";
  throw new Fault(`activity, position ${fault.position}`, what);
}
