import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import type { LogReader } from "../log-reader";
import { signedAmount } from "../signed-amount";

type Day = { id: AccountId; day: string; balance: bigint; version: number };

/** One row per account and bank day, with the balance after the day's last event. Events that a row already holds change nothing. */
export const dailyBalances: LogReader = {
  name: "daily_balances",
  revision: 1,
  beside: { table: "daily_balances", key: ["account_id", "day"], rowPer: "account", foldIndexes: [] },
  async apply(client, events) {
    const latest = await latestDays(client, [...new Set(events.map(({ streamId }) => streamId))]);
    const changed = new Map<string, Day>();
    for (const { streamId: id, version, event, metadata } of events) {
      const before = latest.get(id);
      if (before && version <= before.version) continue; // folded before
      if (version !== (before?.version ?? 0) + 1)
        throw new Error(`daily_balances stands at ${id}@${before?.version ?? 0}, not before ${version}`);
      // Clocks of two processes may differ around midnight: a day that has begun is not left again.
      const day = before && before.day > metadata.bankDate ? before.day : metadata.bankDate;
      const after = { id, day, balance: (before?.balance ?? 0n) + signedAmount(event), version };
      latest.set(id, after);
      changed.set(`${id} ${day}`, after);
    }
    const rows = [...changed.values()].map((row) => ({ ...row, balance: row.balance.toString() }));
    if (rows.length > 0) await client.query({ name: "upsert_days", text: upsertSql, values: [JSON.stringify(rows)] });
  },
  async clear(client) {
    await client.query("delete from daily_balances");
  },
};

async function latestDays(client: pg.PoolClient, ids: readonly AccountId[]): Promise<Map<AccountId, Day>> {
  const { rows } = await client.query<Omit<Day, "balance"> & { balance: string }>({
    name: "standing_days",
    text: `select a.id, d.day::text, d.balance::text, d.version from unnest($1::text[]) a(id)
       join lateral (select * from daily_balances d where d.account_id = a.id order by d.day desc limit 1) d on true`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, { ...row, balance: BigInt(row.balance) }]));
}

const upsertSql = `
insert into daily_balances as old (account_id, day, balance, version)
select x.id, x.day, x.balance, x.version from json_to_recordset($1) as x(id text, day date, balance numeric, version int)
on conflict (account_id, day) do update set balance = excluded.balance, version = excluded.version where old.version < excluded.version`;
