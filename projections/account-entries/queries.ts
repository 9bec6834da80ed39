import type { Actor } from "@/domain/access/policy";
import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import { eventTypes } from "@/infra/event-log/codec/account-codec";
import type { Db } from "@/infra/postgres/connect";
import { fromOne, instant, oneOf, stored, wholeNumber } from "@/infra/rows/stored-column";
import { type ReadRow, type RowReader, readRows } from "@/infra/rows/unreadable-row";
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
export type EntriesPage = { entries: readonly ReadRow<Entry>[]; next: number | null };

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
  const entries = readRows(entryRows(accountId), rows);
  const last = rows.at(-1)?.version ?? question.before ?? 1;
  if (last <= 1 || rows.length === limit) return { entries, next: last > 1 ? last : null };
  return { entries, next: await beyondGap(db, accountId, last) };
}

/** Where to go on below versions that have no row: one that does not belong there must not hide the rest. */
async function beyondGap(db: Db, accountId: AccountId, version: number): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>(
    "select e.version from account_entries e where e.account_id = $1 and e.version < $2 order by e.version desc limit 1",
    [accountId, version],
  );
  const [found] = rows;
  return found ? found.version + 1 : null;
}

type EntryRow = Omit<Entry, "type" | "amount" | "balance"> & Record<"type" | "amount" | "balance", string>;

const entryRows = (accountId: AccountId): RowReader<EntryRow, Entry> => ({
  table: "account_entries",
  id: ({ version }) => `${accountId}@${version}`,
  of: ({ version }) => ({ accountId, version: fromOne(version) ?? null }),
  read: (row) => ({
    version: stored("version", fromOne(row.version)),
    position: stored("position", fromOne(row.position)),
    type: stored("type", oneOf(eventTypes, row.type)),
    recordedAt: stored("recorded_at", instant(row.recordedAt)),
    effectiveAt: stored("effective_at", instant(row.effectiveAt)),
    amount: stored("amount", wholeNumber(row.amount)),
    balance: stored("balance", wholeNumber(row.balance)),
    description: row.description,
    commandId: row.commandId,
  }),
});

// By the versions, which have no gaps, and not "before $2 limit $3": a plan that is kept takes an account for a handful of entries then, and reads
// and sorts all that it has.
const pageSql = `
select e.version, e.position, e.type, e.recorded_at as "recordedAt", e.effective_at as "effectiveAt", e.amount::text, e.balance::text, e.description,
       e.command_id as "commandId"
  from (select least($2::int - 1, (select x.version from account_entries x where x.account_id = $1 order by x.version desc limit 1)) as last) p
  join account_entries e on e.account_id = $1 and e.version <= p.last and e.version > p.last - $3::int
 order by e.version desc`;
