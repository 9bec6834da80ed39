import type pg from "pg";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { descriptionOf } from "@/infra/personal-text/description-of";
import { openManyFresh } from "@/infra/personal-text/open-texts";
import type { LogReader } from "../log-reader";
import { signedAmount } from "../signed-amount";

type Facts = { currency: string; exponent: number; accountNumber: string; holders: readonly string[] };

/** One row per event, with what its account was opened as. Texts are opened with keys as they stand: see account-entries. */
export const activity: LogReader = {
  name: "activity",
  revision: 1,
  beside: { table: "activity", key: ["position"], rowPer: "event", foldIndexes: ["activity_account"] },
  async apply(client, events, keys) {
    const [facts, descriptions] = await Promise.all([
      openings(client, events),
      openManyFresh(client, keys.master, events.map(descriptionOf)),
    ]);
    const rows = events.map((stored, i) => {
      const opened = facts.get(stored.streamId);
      if (!opened) throw new Error(`activity has no opening of ${stored.streamId}, whose log goes on with ${stored.version}`);
      return { ...rowOf(stored), ...opened, description: descriptions[i] ?? null };
    });
    await client.query({ name: "upsert_activity", text: upsertSql, values: [JSON.stringify(rows)] });
  },
  async clear(client) {
    await client.query("delete from activity");
  },
  async eraseTexts(client, accountId) {
    await client.query("update activity set description = null where account_id = $1 and description is not null", [accountId]);
  },
};

function rowOf({ streamId, version, position, recordedAt, event, metadata }: LogEvent) {
  return {
    position: position.toString(),
    id: streamId,
    version,
    recordedAt,
    type: event.type,
    amount: signedAmount(event).toString(),
    source: event.type === "MoneyDeposited" ? event.data.source : null,
    actor: metadata.actor,
    role: metadata.role,
  };
}

async function openings(client: pg.PoolClient, events: readonly LogEvent[]): Promise<Map<AccountId, Facts>> {
  const ids = [...new Set(events.map(({ streamId }) => streamId))];
  const { rows } = await client.query<Facts & { id: AccountId }>({
    name: "standing_activity",
    text: `select a.id, e.currency, e.exponent, e.account_number as "accountNumber", e.holders from unnest($1::text[]) a(id)
       join lateral (select * from activity e where e.account_id = a.id limit 1) e on true`,
    values: [ids],
  });
  const facts = new Map<AccountId, Facts>(rows.map(({ id, ...rest }) => [id, rest]));
  for (const { streamId, event } of events) if (event.type === "AccountOpened") facts.set(streamId, openedAs(event.data));
  return facts;
}

function openedAs({
  currency,
  exponent,
  accountNumber,
  holders,
}: Extract<AccountEvent, { type: "AccountOpened" }>["data"]): Facts {
  return { currency, exponent, accountNumber, holders };
}

const columns = [
  "account_id",
  "version",
  "recorded_at",
  "type",
  "amount",
  "source",
  "currency",
  "exponent",
  "account_number",
  "holders",
  "description",
  "actor",
  "role",
] as const;

// Writes a row again only if it differs, so re-reading leaves the table as it is, and mends a row that was changed.
const upsertSql = `
insert into activity as old (position, ${columns.join(", ")})
select x.position, x.id, x.version, x."recordedAt", x.type, x.amount, x.source, x.currency, x.exponent, x."accountNumber", x.holders, x.description, x.actor, x.role
  from json_to_recordset($1) as x(position bigint, id text, version int, "recordedAt" timestamptz, type text, amount numeric, source text, currency text,
    exponent smallint, "accountNumber" text, holders text[], description text, actor text, role text)
on conflict (position) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}
where old is distinct from excluded`;
