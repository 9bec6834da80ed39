import type { LogEnd } from "@/infra/event-log/append";
import type { Db } from "@/infra/postgres/connect";

/**
 * The alarm when the log no longer has the event that was known to be its last: a replica that lacked it was promoted, or an older backup
 * restored. Commands that were acknowledged are gone then, and positions name other events.
 */
export async function lostHistory(db: Db, { position, hash }: LogEnd): Promise<Error | undefined> {
  const { rows } = await db.query<{ hash: Buffer | null; head: bigint }>(
    `select (select e.hash from events e where e.position = $1) as hash,
            coalesce((select e.position from events e order by e.position desc limit 1), 0) as head`,
    [position],
  );
  const [found] = rows;
  if (!found || found.hash?.equals(hash)) return undefined;
  const what = found.hash ? `holds another event at position ${position}` : `ends at position ${found.head}`;
  return new Error(
    `history was lost: this process saw the log reach position ${position}, and it now ${what}. Was a replica promoted that lacked the last events, or a backup restored? Run verify.`,
  );
}
