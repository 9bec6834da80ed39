import { type Actor, accountScope } from "@/domain/access/policy";
import { unreachable } from "@/domain/unreachable";
import type { Db } from "@/infra/postgres/connect";
import { projectionNames } from "./registry";

/** Where log and read models stand: `views` is the position that every read model of the screens has reached. */
export type Standing = { log: bigint; views: bigint };

export async function standing(db: Db): Promise<Standing> {
  const { rows } = await db.query<Standing>(
    `select coalesce((select e.position from events e order by e.position desc limit 1), 0) as log,
       (select coalesce(min(coalesce(c.position, 0)), 0) from unnest($1::text[]) n left join projection_checkpoints c on c.name = n) as views`,
    [projectionNames],
  );
  return rows[0] ?? { log: 0n, views: 0n };
}

/** A little before now, so that what moved between the making of a page and its stream is not missed. */
export async function standingBefore(db: Db, ms: number): Promise<Standing> {
  const { rows } = await db.query<{ log: bigint }>(
    `select coalesce((select e.position from events e where e.recorded_at < clock_timestamp() - $1 * interval '1 ms' order by e.position desc limit 1), 0) as log`,
    [ms],
  );
  const { views } = await standing(db);
  const log = rows[0]?.log ?? 0n;
  return { log, views: views < log ? views : log };
}

/**
 * Whether something that this actor may see has moved between two standings. For those who see every account, anything counts; nothing
 * is said about what it was.
 */
export async function somethingVisibleMoved(db: Db, actor: Actor, from: Standing, to: Standing): Promise<boolean> {
  const [logMoved, viewsMoved] = [to.log > from.log, to.views > from.views];
  if (!logMoved && !viewsMoved) return false;
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
              or ($4 and (select e.position from events e where e.stream_id = b.account_id order by e.version desc limit 1) > $5)) limit 1`,
        [scope.partyId, viewsMoved, from.views, logMoved, from.log],
      );
      return rowCount === 1;
    }
    default:
      return unreachable(scope);
  }
}
