import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { descriptionOf } from "@/infra/personal-text/description-of";
import { openManyFresh } from "@/infra/personal-text/open-texts";
import type { LogReader } from "../log-reader";
import { signedAmount } from "../signed-amount";

/**
 * One row per event with the balance after it. Adds up by its own code, not by the domain's `evolve`: the as-of page compares the two.
 * Texts are opened here, with keys as they stand: erasing holds this projection's checkpoint row, so that no batch is in flight meanwhile.
 */
export const accountEntries: LogReader = {
  name: "account_entries",
  revision: 1,
  beside: { table: "account_entries", key: ["account_id", "version"], rowPer: "event", foldIndexes: [] },
  async apply(client, events, keys) {
    const balances = await balancesBefore(client, events);
    const descriptions = await openManyFresh(client, keys.master, events.map(descriptionOf));
    const rows = events.map((stored, i) => {
      const amount = signedAmount(stored.event);
      const balance = (balances.get(stored.streamId) ?? 0n) + amount;
      balances.set(stored.streamId, balance);
      return { ...entryOf(stored), amount: amount.toString(), balance: balance.toString(), description: descriptions[i] ?? null };
    });
    await client.query(upsertSql, [JSON.stringify(rows)]);
  },
  async clear(client) {
    await client.query("delete from account_entries");
  },
  async eraseTexts(client, accountId) {
    await client.query("update account_entries set description = null where account_id = $1 and description is not null", [
      accountId,
    ]);
  },
};

function entryOf({ streamId, version, position, recordedAt, effectiveAt, event, metadata }: LogEvent) {
  return {
    id: streamId,
    version,
    position: position.toString(),
    recordedAt,
    effectiveAt: effectiveAt ?? recordedAt,
    type: event.type,
    commandId: metadata.commandId,
    actor: metadata.actor,
  };
}

/** The balance that stands before each account's first event of the batch: that of the entry one version earlier. */
async function balancesBefore(client: pg.PoolClient, events: readonly LogEvent[]): Promise<Map<AccountId, bigint>> {
  const first = new Map<AccountId, number>();
  for (const { streamId, version } of events) if (!first.has(streamId)) first.set(streamId, version);
  const asked = [...first].filter(([, version]) => version > 1);
  const { rows } = await client.query<{ id: AccountId; balance: string }>(
    // lateral with a limit: one look at the index each, even where the table was never analysed, and a join read the whole of it
    `select a.id, e.balance::text from unnest($1::text[], $2::int[]) a(id, version)
       join lateral (select balance from account_entries e where e.account_id = a.id and e.version = a.version limit 1) e on true`,
    [asked.map(([id]) => id), asked.map(([, version]) => version - 1)],
  );
  const balances = new Map(rows.map(({ id, balance }) => [id, BigInt(balance)]));
  for (const [id, version] of asked) {
    if (!balances.has(id)) throw new Error(`account_entries has no ${id}@${version - 1}; the log goes on with ${version}`);
  }
  return balances;
}

// Writes a row again only if it differs, so re-reading leaves the table as it is, and mends a row that was changed.
const upsertSql = `
insert into account_entries as old (account_id, version, position, recorded_at, effective_at, type, amount, balance, description, command_id, actor)
select x.id, x.version, x.position, x."recordedAt", x."effectiveAt", x.type, x.amount, x.balance, x.description, x."commandId", x.actor
  from json_to_recordset($1) as x(id text, version int, position bigint, "recordedAt" timestamptz, "effectiveAt" timestamptz, type text,
    amount numeric, balance numeric, description text, "commandId" text, actor text)
on conflict (account_id, version) do update set
  position = excluded.position, recorded_at = excluded.recorded_at, effective_at = excluded.effective_at, type = excluded.type,
  amount = excluded.amount, balance = excluded.balance, description = excluded.description, command_id = excluded.command_id, actor = excluded.actor
where old is distinct from excluded`;
