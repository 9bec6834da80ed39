import type { Actor } from "@/domain/access/policy";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { isVisible } from "@/infra/time-travel/account-scope-sql";

export const ENTRIES_PER_PAGE_MAX = 100;

export type EntriesQuestion = {
  /** Only entries older than this version. */
  before?: number | undefined;
  /** Recorded at or after `from`, and before `to`. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** Leaves out entries without an amount: the opening, the closing. */
  movementsOnly?: boolean | undefined;
  /** Part of a description. */
  search?: string | undefined;
  limit: number;
};

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

/** Newest first. Undefined: no such account, or not for this actor. */
export async function entriesPage(
  db: Db,
  actor: Actor,
  accountId: AccountId,
  question: EntriesQuestion,
): Promise<EntriesPage | undefined> {
  const limit = Math.min(Math.max(1, question.limit), ENTRIES_PER_PAGE_MAX);
  if (!(await isVisible(db, actor, accountId))) return undefined; // what is visible stays so: the entries need no common snapshot with it
  const found = await readEntries(db, accountId, { ...question, limit: limit + 1 });
  const entries = found.slice(0, limit);
  return { entries, next: found.length > limit ? (entries.at(-1)?.version ?? null) : null };
}

const matching = `from account_entries e where e.account_id = $1 and (not $5 or e.amount <> 0) and ($2::timestamptz is null or e.recorded_at >= $2)
  and ($3::timestamptz is null or e.recorded_at < $3) and ($4 = '' or e.description ilike '%' || $4 || '%')`;

const matchingValues = (
  accountId: AccountId,
  { from, to, search = "", movementsOnly = false }: Omit<EntriesQuestion, "before" | "limit">,
) => [accountId, from ?? null, to ?? null, search.trim().replace(/[\\%_]/g, "\\$&"), movementsOnly];

type EntryRow = Omit<Entry, "amount" | "balance"> & { amount: string; balance: string };

async function readEntries(db: Db, accountId: AccountId, question: EntriesQuestion): Promise<Entry[]> {
  const { rows } = await db.query<EntryRow>({
    name: "entries_page",
    text: `select e.version, e.position, e.type, e.recorded_at as "recordedAt", e.effective_at as "effectiveAt", e.amount::text, e.balance::text,
            e.description, e.command_id as "commandId" ${matching} and e.version < $6 order by e.version desc limit $7`,
    values: [...matchingValues(accountId, question), question.before ?? 2 ** 31 - 1, question.limit],
  });
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount), balance: BigInt(row.balance) }));
}

/** Over everything that matches, for entries whose visibility was checked. Reads all of them: not for every page. */
export async function entryTotals(
  db: Db,
  accountId: AccountId,
  question: Omit<EntriesQuestion, "before" | "limit">,
): Promise<{ count: bigint; credits: bigint; debits: bigint }> {
  const { rows } = await db.query<{ count: bigint; credits: string; debits: string }>(
    `select count(*) as count, coalesce(sum(e.amount) filter (where e.amount > 0), 0)::text as credits,
            coalesce(sum(e.amount) filter (where e.amount < 0), 0)::text as debits ${matching}`,
    matchingValues(accountId, question),
  );
  const { count = 0n, credits = "0", debits = "0" } = rows[0] ?? {};
  return { count, credits: BigInt(credits), debits: BigInt(debits) };
}
