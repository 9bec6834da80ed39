import { type Actor, accountScope } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import type { Currency } from "@/domain/money/currency";
import type { Db } from "@/infra/postgres/connect";
import { scopeOfHolders } from "@/infra/time-travel/account-scope-sql";
import { type Freshness, freshnessSql } from "../freshness";
import { type AccountRow, type AccountSummary, accountColumns, accountSummary } from "./account-row";
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

/**
 * Never one sum across currencies. `totals` are over everything that matches, not over the page; `held`: accounts whose balance is older.
 * `heldAtOpening`: accounts that match, have no balance yet, and whose status nobody can tell; they stand before the first page.
 */
export type AccountsPage = {
  accounts: readonly AccountSummary[];
  totals: readonly { currency: Currency; exponent: number; balance: bigint; accounts: bigint; held: bigint }[];
  /** Accounts that match and are in no sum, since nobody vouches for their balance. */
  underReview: bigint;
  next: string | null;
  heldAtOpening: readonly HeldAtOpening[];
  freshness: Freshness;
};

const underReview = "b.account_id in (select f.stream_id from findings f where f.closed_at is null and f.stream_id is not null)";

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
          `(b.last_activity_at, b.account_id) < ($${values.length + 1}, $${values.length + 2})`,
          "b.last_activity_at desc, b.account_id desc",
        ];
  const { rows } = await db.query<AccountRow>(
    `select ${accountColumns} ${matching} ${after ? `and ${from}` : ""} order by ${order} limit ${limit + 1}`,
    [...values, ...(after ?? [])],
  );
  const totals = await db.query<{
    currency: Currency;
    exponent: number;
    balance: string;
    accounts: bigint;
    held: bigint;
    doubted: bigint;
  }>(
    `select b.currency, b.exponent, coalesce(sum(b.balance) filter (where not ${underReview}), 0)::text as balance, count(*) filter (where not ${underReview}) as accounts,
            count(*) filter (where ${underReview}) as doubted,
            count(*) filter (where b.account_id in (select p.account_id from parked_accounts p where p.reader = 'account_balances')) as held
       ${matching} group by b.currency, b.exponent order by b.currency`,
    values,
  );
  const { anyHeldAtOpening, ...freshness } = await freshnessOfList(db);
  const accounts = rows.slice(0, limit).map(accountSummary);
  const last = accounts.at(-1);
  return {
    accounts,
    totals: totals.rows
      .filter(({ accounts }) => accounts > 0n)
      .map(({ doubted: _, ...row }) => ({ ...row, balance: BigInt(row.balance) })),
    underReview: totals.rows.reduce((sum, { doubted }) => sum + doubted, 0n),
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

/** Undefined: not there, not for this actor, or opened so recently that the read model has not got there. */
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
  return { ...accountSummary(account), freshness: { position, recordedAt, headPosition } };
}

function cursorAfter(account: AccountSummary, sort: "activity" | "number"): string {
  return sort === "number" ? account.accountNumber : `${account.lastActivityAt.toISOString()}|${account.accountId}`;
}

/** A cursor that somebody mangled starts from the first page. */
function readCursor(cursor: string | undefined, sort: "activity" | "number"): (string | Date)[] | undefined {
  if (cursor === undefined) return undefined;
  if (sort === "number") return /^\w{1,40}$/.test(cursor) ? [cursor] : undefined;
  const [time = "", id = ""] = cursor.split("|");
  const at = new Date(time);
  return Number.isNaN(at.getTime()) || !/^acc_\w{26}$/.test(id) ? undefined : [at, id];
}
