import type { Actor } from "@/domain/access/policy";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { isVisible } from "@/infra/time-travel/account-scope-sql";

export const ENTRIES_PER_PAGE_MAX = 100;

/** One event of the account; amounts signed, in minor units. */
export type Entry = {
  version: number;
  position: bigint;
  type: AccountEvent["type"];
  recordedAt: Date;
  effectiveAt: Date;
  amount: bigint;
  /** After this entry. */
  balance: bigint;
  description: string | null;
  commandId: string;
};

/** `next`: pass it as `before`; null at the end. */
export type EntriesPage = { entries: readonly Entry[]; next: number | null };

/** Newest first, older than version `before`. Undefined: no such account, or not for this actor. */
export async function entriesPage(
  db: Db,
  actor: Actor,
  accountId: AccountId,
  question: { before?: number | undefined; limit: number },
): Promise<EntriesPage | undefined> {
  const limit = Math.min(Math.max(1, question.limit), ENTRIES_PER_PAGE_MAX);
  if (!(await isVisible(db, actor, accountId))) return undefined; // what is visible stays so: the entries need no common snapshot with it
  const { rows } = await db.query<EntryRow>({
    name: "entries_page",
    text: pageSql,
    values: [accountId, question.before ?? null, limit],
  });
  const entries = rows.map((row) => ({ ...row, amount: BigInt(row.amount), balance: BigInt(row.balance) }));
  const last = entries.at(-1)?.version ?? 1;
  return { entries, next: last > 1 ? last : null };
}

type EntryRow = Omit<Entry, "amount" | "balance"> & { amount: string; balance: string };

// By the versions, which have no gaps, and not "before $2 limit $3": a plan that is kept takes an account for a handful of entries then, and reads
// and sorts all that it has.
const pageSql = `
select e.version, e.position, e.type, e.recorded_at as "recordedAt", e.effective_at as "effectiveAt", e.amount::text, e.balance::text, e.description,
       e.command_id as "commandId"
  from (select least($2::int, (select x.version + 1 from account_entries x where x.account_id = $1 order by x.version desc limit 1)) as before) p
  join account_entries e on e.account_id = $1 and e.version < p.before and e.version >= p.before - $3::int
 order by e.version desc`;
