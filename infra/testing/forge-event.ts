import type pg from "pg";
import { type AccountId, type EventName, eventName } from "@/domain/ids";
import { readBook } from "../book/book";
import { hashEvent } from "../event-log/hash";
import { transaction } from "../postgres/transaction";

type Forged = { streamId: AccountId; type: string; schemaVersion: number; data: unknown; metadata?: object };

type Last = { position: bigint; version: number; hash: Buffer; metadata: object; recordedAt: Date };

/**
 * Puts an event of any type and version behind an account's last one, with a true hash: what an older or a newer build would have written.
 * As the owner of the database, past `append_events`.
 */
export async function forgeEvent(owner: pg.Pool, { streamId, type, schemaVersion, data, metadata }: Forged): Promise<EventName> {
  const { id: bookId } = await readBook(owner);
  return transaction(owner, async (db) => {
    await db.query("select from log_gate for update");
    const { rows } = await db.query<Last>(
      `select (select max(position) from events) as position, e.version, e.hash, e.metadata,
              (select max(recorded_at) from events) as "recordedAt"
         from events e where e.stream_id = $1 order by e.version desc limit 1`,
      [streamId],
    );
    const [last] = rows;
    if (!last) throw new Error(`${streamId} has no event to follow`);
    const version = last.version + 1;
    const around = metadata ?? last.metadata;
    const hash = hashEvent(last.hash, { bookId, streamId, version, type, schemaVersion, data, metadata: around });
    await db.query(
      `insert into events (position, stream_id, version, type, schema_version, data, metadata, recorded_at, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [last.position + 1n, streamId, version, type, schemaVersion, JSON.stringify(data), around, last.recordedAt, hash],
    );
    return eventName(streamId, version);
  });
}
