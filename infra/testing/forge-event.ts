import type pg from "pg";
import { type AccountId, type EventName, eventName } from "@/domain/ids";
import { readBook } from "../book/book";
import { hashEvent } from "../event-log/hash";
import { newCommandId } from "../ids";
import { transaction } from "../postgres/transaction";

type Forged = { streamId: AccountId; type: string; schemaVersion: number; data: unknown; metadata?: object };

type Last = { position: bigint; version: number; hash: Buffer; metadata: { commandId: string }; recordedAt: Date };

/**
 * Puts an event of any type and version behind an account's last one, with a true hash and a command: what an older or a newer build would have written.
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
    const commandId = newCommandId();
    const around = { ...last.metadata, commandId, ...metadata };
    const hash = hashEvent(last.hash, { bookId, streamId, version, type, schemaVersion, data, metadata: around });
    await db.query(
      `insert into events (position, stream_id, version, type, schema_version, data, metadata, recorded_at, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [last.position + 1n, streamId, version, type, schemaVersion, JSON.stringify(data), around, last.recordedAt, hash],
    );
    await db.query(
      `insert into commands (actor, id, type, account_ids, input, outcome, position, versions, context, decided_at, recorded_at)
       select c.actor, $1, case $6 when 'MoneyDeposited' then 'DepositMoney' when 'MoneyWithdrawn' then 'WithdrawMoney' when 'AccountClosed' then 'CloseAccount'
         else $6 end, c.account_ids, jsonb_build_object('accountId', $7::text) || $8::jsonb, jsonb_build_object('ok', 'yes', 'events', jsonb_build_array($2::text)),
              $3, '{}', '{}', c.decided_at, $4 from commands c where c.id = $5`,
      [
        commandId,
        eventName(streamId, version),
        last.position + 1n,
        last.recordedAt,
        last.metadata.commandId,
        type,
        streamId,
        JSON.stringify(data),
      ],
    );
    return eventName(streamId, version);
  });
}
