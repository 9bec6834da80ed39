import type { Db } from "../postgres/connect";

/** What a seal says of one event; undefined where the log has none at this position. */
export type SealedEvent = { position: bigint; recordedAt: Date; hash: Buffer };

export async function sealedEvent(db: Db, position: bigint): Promise<SealedEvent | undefined> {
  const { rows } = await db.query<SealedEvent>(
    `select e.position, e.recorded_at as "recordedAt", e.hash from events e where e.position = $1`,
    [position],
  );
  return rows[0];
}
