import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import { forgetKey } from "@/infra/personal-text/key-cache";
import type { Db } from "@/infra/postgres/connect";
import { transaction } from "@/infra/postgres/transaction";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { ensureCheckpoint } from "./checkpoints/checkpoints";
import type { LogReader } from "./log-reader";
import { logReaders } from "./registry";

export type Erasure =
  | { kind: "erased"; texts: bigint }
  | { kind: "erased_before"; at: Date | null }
  | { kind: "no_such_account" };

const lockSecondsMax = 15;

/** How many texts the account's events hold, and whether they can still be read. Undefined: no such account. */
export async function textsOf(db: Db, accountId: AccountId): Promise<{ texts: bigint; erasedAt: Date | null } | undefined> {
  const { rows } = await db.query<{ texts: bigint; erasedAt: Date | null }>(
    `select (select count(*) from events e where e.stream_id = $1 and e.data -> 'description' ? 'enc') as texts, k.destroyed_at as "erasedAt"
       from account_keys k where k.stream_id = $1`,
    [accountId],
  );
  return rows[0];
}

/**
 * Destroys the account's data key, and with it every personal text that its events and commands hold; the read models' rows lose theirs in
 * the same transaction. It takes the checkpoints of all readers that write texts, and of rebuilds, first: no batch is in flight that could write
 * one back, and the next one reads the keys as they then stand. Events keep their bytes and hashes. A page of another process may show a text for a
 * minute more, from its cache of keys. As the owner of the database. @throws when a reader keeps its checkpoint for 15 s.
 */
export async function eraseTexts(
  pool: pg.Pool,
  accountId: AccountId,
  readers: readonly LogReader[] = logReaders,
): Promise<Erasure> {
  const writers = readers.filter(({ eraseTexts }) => eraseTexts);
  for (const writer of writers) await ensureCheckpoint(pool, writer);
  const { outcome, keyIds } = await transaction(pool, async (client) => {
    await client.query(`set local lock_timeout = '${lockSecondsMax}s'`);
    await client.query("select from projection_checkpoints where name = any($1) order by name for update", [
      writers.map(({ name }) => name),
    ]);
    await client.query("lock table rebuild_workers in exclusive mode"); // no chunk of a rebuild is in flight, and none begins
    return destroy(client, accountId, writers);
  });
  for (const keyId of keyIds) forgetKey(keyId);
  return outcome;
}

async function destroy(client: pg.PoolClient, accountId: AccountId, writers: readonly LogReader[]) {
  const before = await textsOf(client, accountId);
  if (!before) return { outcome: { kind: "no_such_account" } satisfies Erasure, keyIds: [] };
  for (const writer of writers) await eraseEverywhere(client, writer, accountId); // again too: what a restored backup brought back goes as well
  const { rows } = await client.query<{ keyId: string }>(`select k as "keyId" from erase_account_key($1) k`, [accountId]);
  if (rows.length === 0) return { outcome: { kind: "erased_before", at: before.erasedAt } satisfies Erasure, keyIds: [] };
  await recordSecurityEvent(client, { kind: "texts_erased", detail: { accountId, texts: before.texts.toString() } });
  return { outcome: { kind: "erased", texts: before.texts } satisfies Erasure, keyIds: rows.map(({ keyId }) => keyId) };
}

/** In the live read model, in the one that a rebuild makes beside it, and in the one that is kept for a way back. */
async function eraseEverywhere(client: pg.PoolClient, { eraseTexts, beside }: LogReader, accountId: AccountId): Promise<void> {
  await eraseTexts?.(client, accountId);
  const { rows: copies } = await client.query<{ schema: string }>(
    "select s as schema from unnest(array['shadow', 'kept']) s where to_regclass(format('%I.%I', s, $1::text)) is not null",
    [beside?.table ?? null],
  );
  for (const { schema } of copies) {
    await client.query(`set local search_path = ${schema}, public`); // as a rebuild does: the reader names no schema
    await eraseTexts?.(client, accountId);
    await client.query("set local search_path to default");
  }
}
