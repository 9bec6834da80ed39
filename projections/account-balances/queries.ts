import { type Actor, accountScope } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { isUnreadableRow, type ReadRow, readRow, readRows } from "@/infra/rows/unreadable-row";
import { scopeOfHolders } from "@/infra/time-travel/account-scope-sql";
import { type Freshness, freshnessSql } from "../freshness";
import { type AccountRow, type AccountSummary, accountColumns, accountRows } from "./account-row";
import { type AccountTotals, accountTotals } from "./account-totals";
import { anyHeldAtOpeningSql, type HeldAtOpening, heldAtOpening } from "./held-at-opening";

export const ACCOUNTS_PER_PAGE_MAX = 100;

export type AccountsQuestion = {
  /** Part of an account number, or of a holder's name. */
  search?: string | undefined;
  /** Accounts of these parties match too: found by whoever asks, by customer number, e-mail or a name that looks alike. */
  holders?: readonly string[] | undefined;
  status?: "open" | "closed" | undefined;
  sort?: "activity" | "number" | undefined;
  /** Where the page before ended. */
  cursor?: string | undefined;
  limit: number;
};

/** `heldAtOpening`: accounts that match, have no balance yet, and whose status nobody can tell; they stand before the first page. */
export type AccountsPage = AccountTotals & {
  accounts: readonly ReadRow<AccountSummary>[];
  next: string | null;
  heldAtOpening: readonly HeldAtOpening[];
  freshness: Freshness;
};

/** The accounts that this actor may see. */
export async function accountsFor(db: Db, actor: Actor, question: AccountsQuestion): Promise<AccountsPage> {
  const { sort = "activity" } = question;
  const limit = Math.min(Math.max(1, question.limit), ACCOUNTS_PER_PAGE_MAX);
  const scope = scopeOfHolders(actor, "b.holders", 5);
  const search = (question.search ?? "").trim().replace(/[\\%_]/g, "\\$&");
  const matching = `from account_balances b where ${scope.condition} and ($1::text is null or b.status = $1)
    and ($2 = '' or b.account_number like '%' || upper($3) || '%'
         or exists (select from parties p where p.id = any(b.holders) and p.name ilike '%' || $2 || '%') or b.holders && $4::text[])`;
  const number = search.replace(/\s/g, "");
  const values = [question.status ?? null, search, number, question.holders ?? [], ...scope.values];

  const after = readCursor(question.cursor, sort);
  const [from, order] =
    sort === "number"
      ? [`b.account_number > $${values.length + 1}`, "b.account_number"]
      : [
          `(extract(epoch from b.last_activity_at), b.account_id) < ($${values.length + 1}::numeric, $${values.length + 2})`,
          "b.last_activity_at desc, b.account_id desc",
        ];
  const { rows } = await db.query<AccountRow & { activity: string }>(
    `select ${accountColumns}, extract(epoch from b.last_activity_at)::text as activity ${matching} ${after ? `and ${from}` : ""} order by ${order} limit ${limit + 1}`,
    [...values, ...(after ?? [])],
  );
  const totals = await accountTotals(db, matching, values);
  const { anyHeldAtOpening, ...freshness } = await freshnessOfList(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    accounts: readRows(accountRows, page),
    ...totals,
    next: rows.length > limit && last ? cursorAfter(last, sort) : null,
    heldAtOpening: anyHeldAtOpening && !after ? await heldAtOpening(db, actor, { search, number }) : [],
    freshness,
  };
}

/** With the one thing that decides whether there is more to ask, so that nobody waits for a question where nobody is held. */
async function freshnessOfList(db: Db): Promise<Freshness & { anyHeldAtOpening: boolean }> {
  const { rows } = await db.query<Freshness & { anyHeldAtOpening: boolean }>(
    `select f.*, ${anyHeldAtOpeningSql} as "anyHeldAtOpening" from (${freshnessSql("'account_balances'")}) f`,
  );
  return rows[0] ?? { position: 0n, recordedAt: null, headPosition: 0n, anyHeldAtOpening: false };
}

/**
 * Undefined: not there, not for this actor, opened so recently that the read model has not got there,
 * or its row cannot be read. The log can answer then.
 */
export async function accountForViewer(
  db: Db,
  actor: Actor,
  accountId: AccountId,
): Promise<(AccountSummary & { freshness: Freshness }) | undefined> {
  const scope = scopeOfHolders(actor, "b.holders", 2);
  // One statement, one snapshot: the balance and the position it is true for belong together.
  const { rows } = await db.query<AccountRow & { truthPosition: bigint; truthAt: Date | null; headPosition: bigint }>({
    name: `account_for_viewer_${accountScope(actor).kind}`,
    text: `select ${accountColumns}, f.position as "truthPosition", f."recordedAt" as "truthAt", f."headPosition"
       from account_balances b, (${freshnessSql("'account_balances'")}) f where b.account_id = $1 and ${scope.condition}`,
    values: [accountId, ...scope.values],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { truthPosition: position, truthAt: recordedAt, headPosition, ...account } = row;
  const summary = readRow(accountRows, account);
  return isUnreadableRow(summary) ? undefined : { ...summary, freshness: { position, recordedAt, headPosition } };
}

type KeyRow = Pick<AccountRow, "accountId" | "accountNumber"> & { activity: string };

/** The row's key as stored: a page also ends after a row that cannot be shown. */
function cursorAfter({ accountId, accountNumber, activity }: KeyRow, sort: "activity" | "number"): string {
  return sort === "number" ? `=${accountNumber}` : `${activity}|${accountId}`;
}

/** A cursor that somebody mangled starts from the first page. */
function readCursor(cursor: string | undefined, sort: "activity" | "number"): string[] | undefined {
  if (cursor === undefined || cursor.includes("\0")) return undefined;
  if (sort === "number") return cursor.startsWith("=") ? [cursor.slice(1)] : undefined;
  const [, seconds, id] = /^(-?[0-9]{1,14}(?:\.[0-9]{1,6})?|-?Infinity)\|(.*)$/s.exec(cursor) ?? [];
  return seconds === undefined || id === undefined ? undefined : [seconds, id];
}
