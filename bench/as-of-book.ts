import type pg from "pg";
import { accountFoldRevision } from "@/domain/account/account";

/**
 * A big book, made set-based in SQL, in the order of positions as a bank would write it: every 50th event is of one busy account, every
 * 100th of another, all others go round. Rows are what the codec reads; hashes are no chain, which no reader of a state looks at.
 */
export type BigBook = { events: number; accounts: number; busiest: string; busy: string; firstAt: Date; lastAt: Date };

const shape = "4"; // of what is generated: a book of another shape is made anew
const eventsPerChunk = 250_000;
const everyBusiest = 50;
const everyBusy = 100;
const secondsPerEvent = 12;
const from = "2021-01-01T00:00:00Z";

/** Account `n` of the book; 0 is the busiest, 1 the busy one. */
export const accountOf = (n: number): string => `acc_01jd${n.toString().padStart(22, "0")}`;

/** Its holder. */
export const partyOf = (n: number): string => `pty_01jd${n.toString().padStart(22, "0")}`;

/** Makes the book unless it stands already. Accounts beside the two busy ones have about 1,000 events each (100 in a small book). */
export async function ensureBigBook(owner: pg.Pool, events: number): Promise<BigBook> {
  const accounts = Math.max(10, Math.ceil(events / (events > 1_000_000 ? 1_000 : 100)));
  const wanted = `${shape} ${events} ${accounts}`;
  await owner.query("create table if not exists bench_book (made text)");
  const { rows } = await owner.query<{ made: string }>("select made from bench_book");
  if (rows[0]?.made !== wanted) {
    await fill(owner, events, accounts);
    await owner.query("delete from bench_book");
    await owner.query("insert into bench_book values ($1)", [wanted]);
  }
  const at = (position: number) => new Date(Date.parse(from) + position * secondsPerEvent * 1_000);
  return { events, accounts, busiest: accountOf(0), busy: accountOf(1), firstAt: at(1), lastAt: at(events) };
}

async function fill(owner: pg.Pool, events: number, accounts: number): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("set synchronous_commit = off; set session_replication_role = replica"); // rows of a benchmark: triggers guard books
    await client.query("truncate events, account_entries, account_balances, snapshots, projection_checkpoints");
    for (let after = 0; after < events; after += eventsPerChunk) {
      const upTo = Math.min(events, after + eventsPerChunk);
      for (const sql of [eventsSql, entriesSql, snapshotsSql]) await client.query(rowsSql(accounts, sql), [after + 1, upTo]);
      console.error(`  big book: ${upTo.toLocaleString("en")} of ${events.toLocaleString("en")} events`);
    }
    await client.query(balancesSql(accounts));
    await client.query(
      `insert into projection_checkpoints (name, revision, position, recorded_at, updated_at)
       select n, 1, $1::bigint, timestamptz '${from}' + $1::bigint * interval '${secondsPerEvent} s', now() from unnest($2::text[]) n`,
      [events, ["account_entries", "account_balances", "snapshots"]],
    );
    for (const table of ["events", "account_entries", "account_balances", "snapshots"])
      await client.query(`vacuum (analyze) ${table}`);
  } finally {
    client.release(true); // its settings go with it
  }
}

/** `e`: one row per position in [$1, $2], with all that the tables' rows are made of. Balances are closed forms of the version. */
function rowsSql(accounts: number, select: string): string {
  return `
  with numbered as (
    select p, case when p % ${everyBusiest} = 0 then 0 when p % ${everyBusy} = 1 then 1 else 2 + rest % ${accounts - 2} end as n,
      case when p % ${everyBusiest} = 0 then p / ${everyBusiest} when p % ${everyBusy} = 1 then (p - 1) / ${everyBusy} + 1 else rest / ${accounts - 2} + 1 end::int as version
    from (select p, p - 1 - p / ${everyBusiest} - ((p - 1) / ${everyBusy} + 1) as rest from generate_series($1::bigint, $2::bigint) p) g),
  e as (
    select p as position, 'acc_01jd' || lpad(n::text, 22, '0') as stream, 'pty_01jd' || lpad(n::text, 22, '0') as party, version,
      timestamptz '${from}' + p * interval '${secondsPerEvent} s' as at, sha256(convert_to(p::text, 'utf8')) as hash,
      lpad((n + 1)::text, 10, '0') as digits, case when version = 1 then 0 when version % 2 = 0 then 300 else -100 end as amount,
      300::bigint * (version / 2) - 100::bigint * ((version - 1) / 2) as balance
    from numbered)
  ${select}`;
}

const typeSql = "case when e.version = 1 then 'AccountOpened' when e.amount > 0 then 'MoneyDeposited' else 'MoneyWithdrawn' end";
const numberSql = "'DB' || lpad((98 - ((e.digits || '131100')::numeric % 97))::text, 2, '0') || e.digits"; // ISO 7064, as in account-number.ts

const eventsSql = `
insert into events (position, stream_id, version, type, schema_version, data, metadata, recorded_at, hash)
select e.position, e.stream, e.version, ${typeSql}, case when e.amount < 0 then 1 else 2 end,
  case when e.version = 1 then jsonb_build_object('accountNumber', ${numberSql}, 'currency', 'EUR', 'exponent', '2', 'holders', jsonb_build_array(e.party), 'product', 'current')
    else jsonb_build_object('amount', jsonb_build_object('minorUnits', abs(e.amount)::text, 'currency', 'EUR'))
      || case when e.amount > 0 then '{"source":"transfer"}'::jsonb else '{}' end end,
  jsonb_build_object('v', '1', 'actor', 'usr_01jd0000000000000000000001', 'actingFor', e.party, 'role', 'customer', 'authStrength', 'password',
    'commandId', 'cmd_01jd' || lpad(e.position::text, 22, '0'), 'correlationId', 'cmd_01jd' || lpad(e.position::text, 22, '0'), 'channel', 'web',
    'decidedAt', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'bankDate', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD'), 'build', 'bench'),
  e.at, e.hash
from e order by e.position`;

const entriesSql = `
insert into account_entries (account_id, version, position, recorded_at, effective_at, type, amount, balance, command_id, actor)
select e.stream, e.version, e.position, e.at, e.at, ${typeSql}, e.amount, e.balance, 'cmd_01jd' || lpad(e.position::text, 22, '0'), 'usr_01jd0000000000000000000001'
from e order by e.position`;

const balancesSql = (accounts: number) => `
insert into account_balances (account_id, account_number, currency, exponent, product, status, holders, balance, version, position, recorded_at, opened_at, last_activity_at)
select e.account_id, ${numberSql}, 'EUR', 2, 'current', 'open', array[replace(e.account_id, 'acc_', 'pty_')], e.balance, e.version, e.position, e.recorded_at, f.recorded_at, e.recorded_at
from generate_series(0, ${accounts - 1}) n
cross join lateral (select x.*, lpad((n + 1)::text, 10, '0') as digits from account_entries x
  where x.account_id = 'acc_01jd' || lpad(n::text, 22, '0') order by x.version desc limit 1) e
join account_entries f on f.account_id = e.account_id and f.version = 1`;

// The checksum's text is the canonical JSON of snapshots/checksum.ts: names in order, no spaces.
const snapshotsSql = `
insert into snapshots (stream_id, version, revision, position, recorded_at, state, checksum)
select s.stream, s.version, ${accountFoldRevision}, s.position, s.at, s.state::jsonb,
  sha256(convert_to(format('{"eventHash":"%s","format":"daybook.snapshot.1","position":"%s","revision":"${accountFoldRevision}","state":%s,"streamId":"%s","version":"%s"}',
    encode(s.hash, 'hex'), s.position, s.state, s.stream, s.version), 'utf8'))
from (select e.*, format('{"accountNumber":"%s","balance":"%s","currency":"EUR","exponent":"2","holders":["%s"],"product":"current","status":"open"}',
    ${numberSql}, e.balance, e.party) as state from e where e.version % 100 = 0) s`;
