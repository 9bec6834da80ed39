import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";

/** The first event of an account that a reader could not apply, and why. */
export type Held = { accountId: AccountId; version: number; position: bigint; error: string };

/** Versions from which accounts are held. Read under the lock of the reader's checkpoint row. */
export async function heldVersions(db: Db, reader: string): Promise<Map<AccountId, number>> {
  const { rows } = await db.query<{ accountId: AccountId; version: number }>({
    name: "held_versions",
    text: `select account_id as "accountId", version from parked_accounts where reader = $1`,
    values: [reader],
  });
  return new Map(rows.map(({ accountId, version }) => [accountId, version]));
}

/** An account that is held already is held from the earlier event. */
export async function recordHeld(db: Db, reader: string, held: readonly Held[]): Promise<void> {
  await db.query(insertSql, [reader, JSON.stringify(held.map((one) => ({ ...one, position: one.position.toString() })))]);
}

const insertSql = `
insert into parked_accounts as old (reader, account_id, version, position, error, parked_at, attempts, last_tried_at)
select $1, x."accountId", x.version, x.position, x.error, t.now, 1, t.now
  from json_to_recordset($2) as x("accountId" text, version int, position bigint, error text), date_trunc('milliseconds', clock_timestamp()) t(now)
on conflict (reader, account_id) do update set version = excluded.version, position = excluded.position, error = excluded.error,
  attempts = old.attempts + 1, last_tried_at = excluded.last_tried_at where excluded.version < old.version`;

/** With everything else that a reader forgets, before it starts anew from the first event. */
export async function forgetHeld(db: Db, reader: string): Promise<void> {
  await db.query("delete from parked_accounts where reader = $1", [reader]);
}

/** Undefined: the reader does not hold the account. */
export async function heldVersion(db: Db, reader: string, accountId: AccountId): Promise<number | undefined> {
  return (await heldVersions(db, reader)).get(accountId);
}

/** One more try ended at an event, the same or a later one. */
export async function recordTry(db: Db, reader: string, { accountId, version, position, error }: Held): Promise<void> {
  await db.query(
    `update parked_accounts set version = $3, position = $4, error = $5, attempts = attempts + 1,
            last_tried_at = date_trunc('milliseconds', clock_timestamp()) where reader = $1 and account_id = $2`,
    [reader, accountId, version, position, error],
  );
}

/** A try has come up to an event, and goes on in the next transaction. */
export async function moveHeld(db: Db, reader: string, { accountId, version, position }: Omit<Held, "error">): Promise<void> {
  await db.query(
    `update parked_accounts set version = $3, position = $4, error = 'a retry was cut short here: retry again' where reader = $1 and account_id = $2`,
    [reader, accountId, version, position],
  );
}

export async function release(db: Db, reader: string, accountId: AccountId): Promise<void> {
  await db.query("delete from parked_accounts where reader = $1 and account_id = $2", [reader, accountId]);
}
