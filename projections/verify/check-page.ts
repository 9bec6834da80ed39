import { type Account, accountFoldRevision } from "@/domain/account/account";
import { type AccountId, eventName } from "@/domain/ids";
import { mustEqual, mustMatch } from "@/infra/checks/fault";
import type { StoredEvent } from "@/infra/event-log/stored-event";
import { descriptionOf } from "@/infra/personal-text/description-of";
import { openManyFresh } from "@/infra/personal-text/open-texts";
import type { Db } from "@/infra/postgres/connect";
import { snapshotOf } from "@/infra/snapshots/snapshot-state";
import type { HeldAccounts } from "./held-accounts";

export type CheckedEvent = { stored: StoredEvent; account: Account };

type EntryRow = {
  position: bigint;
  recordedAt: Date;
  effectiveAt: Date;
  type: string;
  amount: string;
  balance: string;
  description: string | null;
  commandId: string;
  actor: string;
};

type Extent = { reached: bigint; held: HeldAccounts };

/** Holds `account_entries` against the fold, for events that the read model has reached, and has not parked. */
export async function checkEntries(
  db: Db,
  masterKey: Buffer,
  page: readonly CheckedEvent[],
  { reached, held }: Extent,
): Promise<void> {
  const due = page.filter(
    ({ stored }) => stored.position <= reached && stored.version < held.from("account_entries", stored.streamId),
  );
  const rows = await byVersion<EntryRow>(
    db,
    due,
    `e.position, e.recorded_at as "recordedAt", e.effective_at as "effectiveAt", e.type, e.amount::text, e.balance::text, e.description, e.command_id as "commandId", e.actor`,
    "account_entries e on e.account_id = a.id and e.version = a.version",
  );
  const descriptions = await openManyFresh(
    db,
    masterKey,
    due.map(({ stored }) => descriptionOf(stored)),
  );
  for (const [i, { stored, account }] of due.entries()) {
    const where = `account_entries, ${eventName(stored.streamId, stored.version)}`;
    const row = rows[i];
    mustEqual(where, "the row", row ? "there" : "missing", "there");
    if (row) mustMatch(where, row, expectedEntry(stored, account, descriptions[i] ?? null));
  }
}

function expectedEntry(
  { position, recordedAt, effectiveAt, event, metadata }: StoredEvent,
  account: Account,
  description: string | null,
): EntryRow {
  const sign = event.type === "MoneyDeposited" ? 1n : -1n;
  const amount = "amount" in event.data ? sign * event.data.amount.minorUnits : 0n;
  const balance = account.status === "unopened" ? 0n : account.balance;
  return {
    position,
    recordedAt,
    effectiveAt: effectiveAt ?? recordedAt,
    type: event.type,
    amount: amount.toString(),
    balance: balance.toString(),
    description,
    commandId: metadata.commandId,
    actor: metadata.actor,
  };
}

/** Holds the snapshots that stand at these events against the fold. A missing one is no fault: they are a cache. */
export async function checkSnapshots(db: Db, page: readonly CheckedEvent[]): Promise<void> {
  const due = page.filter(({ stored }) => stored.version % 100 === 0);
  const rows = await byVersion<{ state: unknown; position: bigint }>(
    db,
    due,
    "s.state, s.position",
    `snapshots s on s.stream_id = a.id and s.version = a.version and s.revision = ${accountFoldRevision}`,
  );
  for (const [i, { stored, account }] of due.entries()) {
    const row = rows[i];
    if (!row || account.status === "unopened") continue;
    const where = `snapshots, ${eventName(stored.streamId, stored.version)}`;
    mustEqual(where, "position", row.position, stored.position);
    mustMatch(where, row.state as Record<string, unknown>, snapshotOf(account) as Record<string, unknown>);
  }
}

/** One row or undefined per event, in the order of the events. */
async function byVersion<Row>(
  db: Db,
  events: readonly CheckedEvent[],
  columns: string,
  join: string,
): Promise<(Row | undefined)[]> {
  if (events.length === 0) return [];
  const ids: AccountId[] = events.map(({ stored }) => stored.streamId);
  const { rows } = await db.query<Row & { index: bigint }>(
    `select a.i as index, ${columns} from unnest($1::text[], $2::int[]) with ordinality a(id, version, i) join ${join}`,
    [ids, events.map(({ stored }) => stored.version)],
  );
  const found: (Row | undefined)[] = events.map(() => undefined);
  for (const { index, ...row } of rows) found[Number(index) - 1] = row as unknown as Row;
  return found;
}
