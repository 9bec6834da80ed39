import { type Actor, accountScope, mayOperate } from "@/domain/access/policy";
import { unreachable } from "@/domain/unreachable";
import type { Db } from "@/infra/postgres/connect";
import { logReaders, projectionNames } from "./registry";

/**
 * Where log and read models stand. `views`: the position that every read model of the screens has reached. `rebuilds`: when a rebuild last
 * went on or ended. `held`: the held accounts, each with what a retry would change. Neither of the two moves with the log.
 */
export type Standing = { log: bigint; views: bigint; rebuilds: string | null; held: Readonly<Record<string, string>> };

export function sameStanding(one: Standing, other: Standing): boolean {
  const { log, views, rebuilds } = one;
  return log === other.log && views === other.views && rebuilds === other.rebuilds && retried(one, other).length === 0;
}

export async function standing(db: Db): Promise<Standing> {
  const { rows } = await db.query<Standing>(
    `select coalesce((select e.position from events e order by e.position desc limit 1), 0) as log,
       (select coalesce(min(coalesce(c.position, 0)), 0) from unnest($1::text[]) n left join projection_checkpoints c on c.name = n) as views,
       (select max(r.updated_at)::text from rebuilds r) as rebuilds,
       (select coalesce(jsonb_object_agg(h.account_id, h.tries), '{}')
          from (select p.account_id, string_agg(concat_ws(' ', p.reader, p.version, p.attempts), ',' order by p.reader) as tries
                  from parked_accounts p where p.reader = any($2) group by p.account_id) h) as held`,
    [projectionNames, logReaders.map(({ name }) => name)],
  );
  return rows[0] ?? { log: 0n, views: 0n, rebuilds: null, held: {} };
}

/** Accounts that are held and were not, or the other way round, or at another event, or after another try. */
function retried({ held: from }: Standing, { held: to }: Standing): string[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((id) => from[id] !== to[id]);
}

/** A little before now, so that what moved between the making of a page and its stream is not missed. */
export async function standingBefore(db: Db, ms: number): Promise<Standing> {
  const { rows } = await db.query<Pick<Standing, "log" | "rebuilds">>(
    `select coalesce((select e.position from events e where e.recorded_at < t.before order by e.position desc limit 1), 0) as log,
            (select max(r.updated_at)::text from rebuilds r where r.updated_at < t.before) as rebuilds
       from (select clock_timestamp() - $1 * interval '1 ms' as before) t`,
    [ms],
  );
  const { views, held } = await standing(db);
  const { log, rebuilds } = rows[0] ?? { log: 0n, rebuilds: null };
  return { log, views: views < log ? views : log, rebuilds, held };
}

/**
 * Whether something that this actor may see has moved between two standings. For those who see every account, anything counts; nothing
 * is said about what it was.
 */
export async function somethingVisibleMoved(db: Db, actor: Actor, from: Standing, to: Standing): Promise<boolean> {
  if (mayOperate(actor)) return !sameStanding(from, to); // sees no account, and how far everything has come
  const [logMoved, viewsMoved] = [to.log > from.log, to.views > from.views];
  const accounts = retried(from, to);
  if (!logMoved && !viewsMoved && accounts.length === 0) return false;
  const scope = accountScope(actor);
  switch (scope.kind) {
    case "none":
      return false;
    case "every":
    case "every_not_held_by":
      return true;
    case "held_by": {
      const { rowCount } = await db.query(
        `select from account_balances b where b.holders @> array[$1]::text[]
            and (($2 and b.position > $3)
              or ($4 and (select e.position from events e where e.stream_id = b.account_id order by e.version desc limit 1) > $5)
              or b.account_id = any($6)) limit 1`,
        [scope.partyId, viewsMoved, from.views, logMoved, from.log, accounts],
      );
      return rowCount === 1;
    }
    default:
      return unreachable(scope);
  }
}
