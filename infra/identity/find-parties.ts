import type pg from "pg";
import { parseCustomerNumber } from "@/domain/customer-number";
import type { PartyId, UserId } from "@/domain/ids";
import { mixesScripts, nameSkeleton } from "@/infra/identity/name-skeleton";
import type { Db } from "@/infra/postgres/connect";
import { transaction } from "@/infra/postgres/transaction";

/** A party as staff choose it. `doubtful`: why the name may not be who it seems to be. */
export type FoundParty = {
  partyId: PartyId;
  name: string;
  customerNumber: string;
  email: string | null;
  doubtful: "staff" | "alike" | "scripts" | null;
};

/** `text`: words of a name, the beginning of an e-mail address, or a customer number; empty for all. `after`: as `next` gave it. */
export type PartiesQuestion = { text: string; after?: string | undefined; limit: number };

export const PARTIES_PER_PAGE_MAX = 500;

/** Parties by name. Every way to find one goes by an index of its own, and is cut at the page. */
export async function findParties(
  pool: pg.Pool,
  { text, after, limit }: PartiesQuestion,
): Promise<{ parties: readonly FoundParty[]; next: string | null }> {
  const size = Math.min(Math.max(1, limit), PARTIES_PER_PAGE_MAX);
  const { rows, staffNames } = await transaction(pool, async (db) => {
    await db.query("set local enable_seqscan = off"); // by itself the planner read all parties for a name that few have
    const { rows } = await db.query<Row>(findSql, [...findValues(text, after), size + 1]);
    return { rows, staffNames: rows.length > 0 ? await staffSkeletons(db) : [] };
  });
  const staff = new Set(staffNames);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    parties: page.map(({ nameKey, alike, ...party }) => ({
      ...party,
      doubtful: staff.has(nameKey) ? "staff" : alike ? "alike" : mixesScripts(party.name) ? "scripts" : null,
    })),
    next: rows.length > size && last ? `${last.nameKey}|${last.partyId}` : null,
  };
}

type Row = Omit<FoundParty, "doubtful"> & { nameKey: string; alike: boolean };

/** $1 to $6 of `findSql`. */
function findValues(text: string, after: string | undefined): unknown[] {
  const [afterKey = "", afterId = ""] = after?.split("|") ?? [];
  const email = text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, "\\$&");
  return [
    wordsQuery(text),
    text.trim() === "",
    parseCustomerNumber(text) ?? "",
    text.includes("@") ? `${email}%` : null,
    afterKey,
    afterId,
  ];
}

const staffMax = 10_000;

/** Skeletons of the names that members of staff have, all but `except`. */
export async function staffSkeletons(db: Db, except?: UserId): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select name from users where role <> 'customer' and id is distinct from $1 limit ${staffMax}`,
    [except ?? null],
  );
  return rows.map(({ name }) => nameSkeleton(name));
}

/** Each word as the beginning of a word of the name; undefined words find nobody. Skeletons hold letters and digits alone. */
function wordsQuery(text: string): string | null {
  const words = nameSkeleton(text).split(" ").filter(Boolean);
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}

// A party without a key was written by an older build: the next start makes the key. Until then it is listed first.
// The two lists of all are apart because `coalesce(name_key, '')` uses no index: each page would walk all pages before it.
// Names are matched before they are put in order: else Postgres may walk all names in order to find a rare one.
const findSql = `
with named as materialized (
  select p.id, p.name_key from parties p
    where $1::text is not null and array_to_tsvector(string_to_array(p.name_key, ' ')) @@ $1::tsquery
), hits as (
  (select p.id from parties p where $2 and p.name_key is null and $5 = '' and p.id > $6 order by p.id limit $7)
  union
  (select p.id from parties p where $2 and (p.name_key, p.id) > ($5, $6) order by p.name_key, p.id limit $7)
  union
  (select n.id from named n where (n.name_key, n.id) > ($5, $6) order by n.name_key, n.id limit $7)
  union
  (select p.id from parties p where p.customer_number = $3 and (coalesce(p.name_key, ''), p.id) > ($5, $6))
  union
  (select u.party_id from users u join parties p on p.id = u.party_id
    where $4::text is not null and u.email like $4 and u.role = 'customer' and (coalesce(p.name_key, ''), p.id) > ($5, $6)
    order by u.email limit $7)
)
select p.id as "partyId", p.name, p.customer_number as "customerNumber", coalesce(p.name_key, '') as "nameKey",
       (select u.email from users u where u.party_id = p.id order by u.role <> 'customer', u.id limit 1) as email,
       exists (select from parties q where q.name_key = p.name_key and q.id <> p.id) as alike
  from hits h join parties p on p.id = h.id order by coalesce(p.name_key, ''), p.id limit $7`;
