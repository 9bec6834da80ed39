import type pg from "pg";
import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { accountFromSnapshot, snapshotOf } from "@/infra/snapshots/snapshot-state";
import type { LogReader } from "../log-reader";

/** Every account as it stands. Folds with the domain's own `evolve`. */
export const accountBalances: LogReader = {
  name: "account_balances",
  revision: 1,
  awaited: true,
  beside: { table: "account_balances", key: ["account_id"], rowPer: "account", foldIndexes: [] },
  async apply(client, events) {
    const standing = await standingAccounts(client, [...new Set(events.map(({ streamId }) => streamId))]);
    const changed = new Map<AccountId, Standing>();
    for (const event of events) {
      const before = changed.get(event.streamId) ?? standing.get(event.streamId) ?? notYet;
      // A checkpoint that was set back brings events that the row already holds: the row is the fold of versions 1 to its own.
      if (event.version <= before.version) continue;
      if (event.version !== before.version + 1) {
        throw new Error(
          `account_balances has ${event.streamId} at version ${before.version}; the log goes on with ${event.version}`,
        );
      }
      changed.set(event.streamId, next(before, event));
    }
    if (changed.size === 0) return;
    await client.query({ name: "upsert_balances", text: upsertSql, values: [JSON.stringify([...changed].map(rowOf))] });
  },
  async clear(client) {
    await client.query("delete from account_balances");
  },
};

type Standing = {
  account: Account;
  version: number;
  position: bigint;
  recordedAt: Date | null;
  openedAt: Date | null;
  lastActivityAt: Date | null;
};

const notYet: Standing = { account: unopened, version: 0, position: 0n, recordedAt: null, openedAt: null, lastActivityAt: null };

function next(before: Standing, { event, version, position, recordedAt }: LogEvent): Standing {
  return {
    account: evolve(before.account, event),
    version,
    position,
    recordedAt,
    openedAt: before.openedAt ?? recordedAt,
    lastActivityAt: event.type === "AccountClosed" ? before.lastActivityAt : recordedAt,
  };
}

function rowOf([id, { account, position, ...row }]: [AccountId, Standing]) {
  if (account.status === "unopened") throw new Error(`${id} has events and is unopened`);
  return { id, ...row, position: position.toString(), state: snapshotOf(account) };
}

async function standingAccounts(client: pg.PoolClient, ids: readonly AccountId[]): Promise<Map<AccountId, Standing>> {
  const { rows } = await client.query<Omit<Standing, "account"> & { id: AccountId; state: unknown }>({
    name: "standing_balances",
    text: standingSql,
    values: [ids],
  });
  return new Map(rows.map(({ id, state, ...row }) => [id, { ...row, account: accountFromSnapshot(state) }]));
}

const standingSql = `
select account_id as id, version, position, recorded_at as "recordedAt", opened_at as "openedAt", last_activity_at as "lastActivityAt",
       jsonb_build_object('status', status, 'accountNumber', account_number, 'currency', currency, 'exponent', exponent::text,
         'holders', holders, 'product', product, 'balance', balance::text) as state
  from account_balances where account_id = any($1)`;

const upsertSql = `
insert into account_balances (account_id, account_number, currency, exponent, product, status, holders, balance, version, position,
                              recorded_at, opened_at, last_activity_at)
select x.id, x.state ->> 'accountNumber', x.state ->> 'currency', (x.state ->> 'exponent')::smallint, x.state ->> 'product', x.state ->> 'status',
       array(select jsonb_array_elements_text(x.state -> 'holders')), (x.state ->> 'balance')::numeric, x.version, x.position,
       x."recordedAt", x."openedAt", x."lastActivityAt"
  from json_to_recordset($1) as x(id text, state jsonb, version int, position bigint, "recordedAt" timestamptz, "openedAt" timestamptz, "lastActivityAt" timestamptz)
on conflict (account_id) do update set
  account_number = excluded.account_number, currency = excluded.currency, exponent = excluded.exponent, product = excluded.product,
  status = excluded.status, holders = excluded.holders, balance = excluded.balance, version = excluded.version, position = excluded.position,
  recorded_at = excluded.recorded_at, opened_at = excluded.opened_at, last_activity_at = excluded.last_activity_at
where excluded.version > account_balances.version`;
