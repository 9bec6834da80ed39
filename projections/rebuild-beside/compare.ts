import type { Db } from "@/infra/postgres/connect";
import type { Beside } from "../log-reader";

/**
 * `count`: rows that are not the same in both copies. `first`: which one comes first, and what of it differs; no values, which may be personal.
 * `compared`: rows of the new copy that were looked at.
 */
export type Differences = { compared: bigint; count: bigint; first: string | null };

export const nothingCompared: Differences = { compared: 0n, count: 0n, first: null };

/** What events after `from` and up to `to` made, as far as no later event that the live read model has folded changed it since. */
export type Stretch = { from: bigint; to: bigint };

type Row = {
  compared: bigint;
  count: bigint | null;
  old: Record<string, unknown> | null;
  new: Record<string, unknown> | null;
};

/**
 * Holds the shadow against the live read model row by row, in one statement and so in one snapshot. From position 0 on whole tables, rows that
 * no event can have made included; a later stretch by its events alone, by keys. Accounts that the live one holds parked are left out: to
 * them a rebuild is the cure. Both must have come to `to`.
 */
export async function compareCopies(db: Db, { table, key, rowPer }: Beside, stretch: Stretch): Promise<Differences> {
  const rowsSql = stretch.from === 0n ? wholeSql : rowPer === "event" ? eventsSql : accountsSql;
  const { rows } = await db.query<Row>(rowsSql({ table, key, rowPer }, stretch), [table]);
  const [row] = rows;
  if (!row) return nothingCompared;
  const { compared, count } = row;
  return { compared, count: count ?? 0n, first: count === null ? null : described(table, key, row) };
}

const live = "(select position from projection_checkpoints where name = $1)";
const notParked = "account_id not in (select p.account_id from parked_accounts p where p.reader = $1)";
const accountsOf = (after: bigint, upTo: bigint | typeof live): string =>
  `select stream_id as account_id from events where position > ${after} and position <= ${upTo}`;

type Pairs = { from: string; compared: string; where?: string; before?: string };

/** Always a row; without a difference its `count` is null. */
function differing(key: readonly string[], { from, compared, where = "true", before = "" }: Pairs): string {
  const first = `select count(*) over () as count, to_jsonb(o) as old, to_jsonb(s) as new from ${from} where o is distinct from s and ${where}
    order by ${key.map((column) => `coalesce(o.${column}, s.${column})`).join(", ")} limit 1`;
  return `${before} select n.compared, d.* from (select count(*) as compared from ${compared}) n left join (${first}) d on true`;
}

type What = Pick<Beside, "table" | "key" | "rowPer">;

function wholeSql({ table, key, rowPer }: What, { to }: Stretch): string {
  const settled =
    rowPer === "event" ? `not (position > ${to} and position <= ${live})` : `account_id not in (${accountsOf(to, live)})`;
  const copy = (schema: string) => `(select * from ${schema}.${table} where ${settled} and ${notParked})`;
  const from = `${copy("public")} o full join ${copy("shadow")} s using (${key.join(", ")})`;
  return differing(key, { from, compared: `${copy("shadow")} s` });
}

function eventsSql({ table, key }: What, { from, to }: Stretch): string {
  const on = (copy: string) => key.map((column) => `${copy}.${column} = e.${column}`).join(" and ");
  const events = `(select position, stream_id as account_id, version from events where position > ${from} and position <= ${to}) e`;
  const copies = `left join public.${table} o on ${on("o")} left join shadow.${table} s on ${on("s")}`;
  return differing(key, { from: `${events} ${copies}`, compared: `${events} where e.${notParked}`, where: `e.${notParked}` });
}

function accountsSql({ table, key }: What, { from, to }: Stretch): string {
  const moved = `select * from (${accountsOf(from, to)} except ${accountsOf(to, live)}) m where ${notParked}`;
  const copy = (schema: string) => `(select c.* from moved join ${schema}.${table} c on c.account_id = moved.account_id)`;
  return differing(key, {
    before: `with moved as materialized (${moved})`,
    from: `${copy("public")} o full join ${copy("shadow")} s using (${key.join(", ")})`,
    compared: `${copy("shadow")} s`,
  });
}

function described(table: string, key: readonly string[], row: Row): string {
  const place = `${table}, ${key.map((column) => String((row.old ?? row.new)?.[column])).join(" ")}`;
  if (!row.new) return `${place}: not in the new one`;
  if (!row.old) return `${place}: only in the new one`;
  const columns = Object.keys(row.new).filter(
    (column) => JSON.stringify(row.old?.[column]) !== JSON.stringify(row.new?.[column]),
  );
  return `${place}: ${columns.join(", ")}`;
}

export function added(one: Differences, other: Differences): Differences {
  return { compared: one.compared + other.compared, count: one.count + other.count, first: one.first ?? other.first };
}
