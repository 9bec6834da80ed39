import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { descriptionOf } from "@/infra/personal-text/description-of";
import { openManyFresh } from "@/infra/personal-text/open-texts";
import { arrayText } from "@/infra/postgres/array-text";
import type { LogReader } from "../log-reader";
import { signedAmount } from "../signed-amount";

/**
 * One row per event with the balance after it. Adds up by its own code, not by the domain's `evolve`: the as-of page compares the two.
 * Texts are opened here, with keys as they stand: erasing holds this projection's checkpoint row, so that no batch is in flight meanwhile.
 */
export const accountEntries: LogReader = {
  name: "account_entries",
  revision: 1,
  awaited: true,
  beside: { table: "account_entries", key: ["account_id", "version"], rowPer: "event", foldIndexes: [] },
  async apply(client, events, keys) {
    const [{ balances, again }, descriptions] = await Promise.all([
      standingBefore(client, events),
      openManyFresh(client, keys.master, events.map(descriptionOf)),
    ]);
    const amounts = events.map(({ event }) => signedAmount(event));
    const after = events.map(({ streamId }, i) => {
      const balance = (balances.get(streamId) ?? 0n) + (amounts[i] ?? 0n);
      balances.set(streamId, balance);
      return balance;
    });
    const columns = [
      events.map(({ streamId }) => streamId),
      events.map(({ version }) => version),
      events.map(({ position }) => position),
      events.map(({ recordedAt }) => recordedAt.toISOString()),
      events.map(({ recordedAt, effectiveAt }) => (effectiveAt ?? recordedAt).toISOString()),
      events.map(({ event }) => event.type),
      amounts,
      after,
      descriptions,
      events.map(({ metadata }) => metadata.commandId),
      events.map(({ metadata }) => metadata.actor),
    ];
    await client.query({ ...(again ? upsert : insert), values: columns.map(arrayText) });
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

/**
 * The balance that stands before each account's first event of the batch: that of the entry one version earlier. `again`: some of the batch's
 * entries stand already, since the checkpoint was set back.
 */
async function standingBefore(
  client: pg.PoolClient,
  events: readonly LogEvent[],
): Promise<{ balances: Map<AccountId, bigint>; again: boolean }> {
  const first = new Map<AccountId, number>();
  for (const { streamId, version } of events) if (!first.has(streamId)) first.set(streamId, version);
  const { rows } = await client.query<{ id: AccountId; version: number; balance: string | null; again: boolean }>({
    name: "standing_entries",
    text: standingSql,
    values: [[...first.keys()], [...first.values()]],
  });
  const balances = new Map<AccountId, bigint>();
  for (const { id, version, balance } of rows) {
    if (balance !== null) balances.set(id, BigInt(balance));
    else if (version > 1) throw new Error(`account_entries has no ${id}@${version - 1}; the log goes on with ${version}`);
  }
  return { balances, again: rows.some(({ again }) => again) };
}

// Subqueries with a limit: two looks at the index for each account, even where the table was never analysed, and a join read the whole of it.
const standingSql = `
select a.id, a.version, (select e.balance::text from account_entries e where e.account_id = a.id and e.version = a.version - 1 limit 1) as balance,
       exists (select from account_entries e where e.account_id = a.id and e.version >= a.version limit 1) as again
  from unnest($1::text[], $2::int[]) a(id, version)`;

const insert = {
  name: "insert_entries",
  text: `insert into account_entries as old (account_id, version, position, recorded_at, effective_at, type, amount, balance, description, command_id, actor)
select * from unnest($1::text[], $2::int[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::numeric[], $8::numeric[], $9::text[],
  $10::text[], $11::text[])`,
};

// Writes a row again only if it differs, so re-reading leaves the table as it is, and mends a row that was changed.
const upsert = {
  name: "upsert_entries",
  text: `${insert.text}
on conflict (account_id, version) do update set
  position = excluded.position, recorded_at = excluded.recorded_at, effective_at = excluded.effective_at, type = excluded.type,
  amount = excluded.amount, balance = excluded.balance, description = excluded.description, command_id = excluded.command_id, actor = excluded.actor
where old is distinct from excluded`,
};
