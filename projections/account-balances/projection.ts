import type pg from "pg";
import { type Account, evolve, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { arrayText } from "@/infra/postgres/array-text";
import { accountFromSnapshot } from "@/infra/snapshots/snapshot-state";
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
      const before = changed.get(event.streamId) ?? standing.get(event.streamId);
      const version = before?.version ?? 0;
      // A checkpoint that was set back brings events that the row already holds: the row is the fold of versions 1 to its own.
      if (event.version <= version) continue;
      if (event.version !== version + 1) {
        throw new Error(`account_balances has ${event.streamId} at version ${version}; the log goes on with ${event.version}`);
      }
      changed.set(event.streamId, next(before, event));
    }
    if (changed.size === 0) return;
    await client.query({ name: "upsert_balances", text: upsertSql, values: columnsOf([...changed]) });
  },
  async clear(client) {
    await client.query("delete from account_balances");
  },
};

type Standing = { account: Account; version: number; position: bigint; recordedAt: Date; openedAt: Date; lastActivityAt: Date };

function next(before: Standing | undefined, { event, version, position, recordedAt }: LogEvent): Standing {
  return {
    account: evolve(before?.account ?? unopened, event),
    version,
    position,
    recordedAt,
    openedAt: before?.openedAt ?? recordedAt,
    lastActivityAt: before && event.type === "AccountClosed" ? before.lastActivityAt : recordedAt,
  };
}

/** Arrays, as the statement takes them. */
function columnsOf(rows: readonly [AccountId, Standing][]): string[] {
  const accounts = rows.map(([id, { account }]) => {
    if (account.status === "unopened") throw new Error(`${id} has events and is unopened`);
    return account;
  });
  return [
    rows.map(([id]) => id),
    accounts.map(({ accountNumber }) => accountNumber),
    accounts.map(({ currency }) => currency),
    accounts.map(({ exponent }) => exponent),
    accounts.map(({ product }) => product),
    accounts.map(({ status }) => status),
    accounts.map(({ holders }) => arrayText(holders)),
    accounts.map(({ balance }) => balance),
    rows.map(([, { version }]) => version),
    rows.map(([, { position }]) => position),
    rows.map(([, { recordedAt }]) => recordedAt.toISOString()),
    rows.map(([, { openedAt }]) => openedAt.toISOString()),
    rows.map(([, { lastActivityAt }]) => lastActivityAt.toISOString()),
  ].map(arrayText);
}

type StandingRow = Pick<Standing, "version" | "position"> &
  Record<"id" | "accountNumber" | "currency" | "exponent" | "product" | "status" | "balance", string> & {
    holders: string[];
    recordedAtMs: number;
    openedAtMs: number;
    lastActivityAtMs: number;
  };

async function standingAccounts(client: pg.PoolClient, ids: readonly AccountId[]): Promise<Map<AccountId, Standing>> {
  const { rows } = await client.query<StandingRow & { id: AccountId }>({
    name: "standing_balances",
    text: standingSql,
    values: [ids],
  });
  return new Map(rows.map(({ id, ...row }) => [id, standingOf(row)]));
}

function standingOf({
  version,
  position,
  recordedAtMs,
  openedAtMs,
  lastActivityAtMs,
  ...state
}: Omit<StandingRow, "id">): Standing {
  return {
    account: accountFromSnapshot(state),
    version,
    position,
    recordedAt: new Date(recordedAtMs),
    openedAt: new Date(openedAtMs),
    lastActivityAt: new Date(lastActivityAtMs),
  };
}

// Times as numbers: a date is read from its text at four times the price.
const standingSql = `
select account_id as id, version, position, (extract(epoch from recorded_at) * 1000)::float8 as "recordedAtMs",
       (extract(epoch from opened_at) * 1000)::float8 as "openedAtMs",
       (extract(epoch from last_activity_at) * 1000)::float8 as "lastActivityAtMs",
       status, account_number as "accountNumber", currency, exponent::text, holders, product, balance::text
  from account_balances where account_id = any($1)`;

const upsertSql = `
insert into account_balances (account_id, account_number, currency, exponent, product, status, holders, balance, version, position,
                              recorded_at, opened_at, last_activity_at)
select x.id, x.number, x.currency, x.exponent, x.product, x.status, x.holders::text[], x.balance, x.version, x.position, x.recorded, x.opened, x.activity
  from unnest($1::text[], $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::int[], $10::bigint[],
    $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
    as x(id, number, currency, exponent, product, status, holders, balance, version, position, recorded, opened, activity)
on conflict (account_id) do update set
  account_number = excluded.account_number, currency = excluded.currency, exponent = excluded.exponent, product = excluded.product,
  status = excluded.status, holders = excluded.holders, balance = excluded.balance, version = excluded.version, position = excluded.position,
  recorded_at = excluded.recorded_at, opened_at = excluded.opened_at, last_activity_at = excluded.last_activity_at
where excluded.version > account_balances.version`;
