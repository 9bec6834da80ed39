import type pg from "pg";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { LogEvent } from "@/infra/event-log/stored-event";
import { descriptionOf } from "@/infra/personal-text/description-of";
import { openManyFresh } from "@/infra/personal-text/open-texts";
import { arrayText } from "@/infra/postgres/array-text";
import type { LogReader } from "../log-reader";
import { signedAmount } from "../signed-amount";

type Facts = { currency: string; exponent: number; accountNumber: string; holders: readonly string[] };

/** One row per event, with what its account was opened as. Texts are opened with keys as they stand: see account-entries. */
export const activity: LogReader = {
  name: "activity",
  revision: 1,
  beside: { table: "activity", key: ["position"], rowPer: "event", foldIndexes: ["activity_account"] },
  async apply(client, events, keys) {
    const [facts, descriptions, again] = await Promise.all([
      openings(client, events),
      openManyFresh(client, keys.master, events.map(descriptionOf)),
      standsFrom(client, events),
    ]);
    const opened = events.map(({ streamId, version }) => {
      const known = facts.get(streamId);
      if (!known) throw new Error(`activity has no opening of ${streamId}, whose log goes on with ${version}`);
      return known;
    });
    const values = [
      events.map(({ position }) => position),
      events.map(({ streamId }) => streamId),
      events.map(({ version }) => version),
      events.map(({ recordedAt }) => recordedAt.toISOString()),
      events.map(({ event }) => event.type),
      events.map(({ event }) => signedAmount(event)),
      events.map(({ event }) => (event.type === "MoneyDeposited" ? event.data.source : null)),
      opened.map(({ currency }) => currency),
      opened.map(({ exponent }) => exponent),
      opened.map(({ accountNumber }) => accountNumber),
      opened.map(({ holders }) => arrayText(holders)),
      descriptions,
      events.map(({ metadata }) => metadata.actor),
      events.map(({ metadata }) => metadata.role),
    ].map(arrayText);
    await client.query({ ...(again ? upsert : insert), values });
  },
  async clear(client) {
    await client.query("delete from activity");
  },
  async eraseTexts(client, accountId) {
    await client.query("update activity set description = null where account_id = $1 and description is not null", [accountId]);
  },
};

/** Whether a row stands at the batch's first position or behind it, as after a checkpoint that was set back. */
async function standsFrom(client: pg.PoolClient, [first]: readonly LogEvent[]): Promise<boolean> {
  const { rows } = await client.query<{ position: bigint }>({
    name: "standing_activity_last",
    text: "select e.position from activity e order by e.position desc limit 1",
  });
  const [last] = rows;
  return last !== undefined && first !== undefined && last.position >= first.position;
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

const insert = {
  name: "insert_activity",
  text: `insert into activity as old (position, ${columns.join(", ")})
select p, id, v, r, type, amount, source, currency, exponent, number, holders::text[], description, actor, role
  from unnest($1::bigint[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::numeric[], $7::text[], $8::text[], $9::smallint[], $10::text[],
    $11::text[], $12::text[], $13::text[], $14::text[])
    as x(p, id, v, r, type, amount, source, currency, exponent, number, holders, description, actor, role)`,
};

// Writes a row again only if it differs, so re-reading leaves the table as it is, and mends a row that was changed.
const upsert = {
  name: "upsert_activity",
  text: `${insert.text}
on conflict (position) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}
where old is distinct from excluded`,
};
