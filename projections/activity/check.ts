import type { Db } from "@/infra/postgres/connect";
import { Fault } from "../verify/fault";

/** Holds `activity` against `account_entries`, which was held against the fold before, as far as both have come; in one snapshot. */
export async function checkActivity(db: Db, reached: bigint): Promise<void> {
  const { rows } = await db.query<{ position: bigint; missing: boolean; extra: boolean }>(
    `select coalesce(a.position, e.position) as position, a.position is null as missing, e.position is null as extra
       from (select * from account_entries where position <= $1) e full join activity a on a.position = e.position
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
