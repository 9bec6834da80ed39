import { parseAccountNumber } from "@/domain/account/account-number";
import { parseAccountId } from "@/domain/ids";
import type { Currency } from "@/domain/money/currency";
import { partyNames } from "@/infra/identity/people";
import { runtime } from "@/infra/runtime";
import { type AccountRow, accountColumns } from "./account-row";
import { scopeCondition } from "./account-scope";
import { isStaff, type Viewer } from "./viewer";

export type AccountSummary = Omit<AccountRow, "balanceText" | "holderIds"> & {
  balance: bigint;
  /** What may be withdrawn. The whole balance, while there are neither holds nor overdrafts. */
  available: bigint;
  nickname: string | null;
  /** Names, for staff; a customer's own account needs none. */
  holders: readonly string[];
};

/** What a figure is true for; `behind`: the log has gone on since. */
export type Freshness = { position: bigint; at: Date | null; behind: boolean };
export type CurrencyTotal = { currency: Currency; exponent: number; sum: bigint; accounts: number };
export type AccountList = {
  accounts: readonly AccountSummary[];
  totals: readonly CurrencyTotal[];
  next: string | undefined;
  freshness: Freshness;
};

export type AccountQuery = {
  q: string;
  status: "all" | "open" | "closed";
  sort: "activity" | "number";
  after?: string | undefined;
};

const PAGE = 50;

const orders = {
  activity: {
    by: "a.last_activity_at desc, a.account_id",
    beyond: "(a.last_activity_at < $4::timestamptz or (a.last_activity_at = $4::timestamptz and a.account_id > $5))",
  },
  number: { by: "a.account_number", beyond: "a.account_number > $4 and $5::text is not null" },
} as const;

/** The accounts that the viewer may see, a page of 50 by key, with a sum a currency over all that match. */
export async function listAccounts(viewer: Viewer, query: AccountQuery): Promise<AccountList> {
  const { pool } = runtime();
  const scope = scopeCondition(viewer.actor, "$1");
  const where = `${scope.sql} and ($2 = 'all' or a.status = $2)
    and ($3 = '' or a.account_number like '%' || upper(replace($3, ' ', '')) || '%'
         or exists (select 1 from parties p where p.id = any(a.holders) and p.name ilike '%' || $3 || '%'))`;
  const filters = [scope.value, query.status, likeText(query.q)];
  const order = orders[query.sort];
  const [key, id] = readCursor(query.after, query.sort);
  const [rows, totals, freshness] = await Promise.all([
    pool.query<AccountRow>(
      `select ${accountColumns} from account_balances a where ${where} ${key === undefined ? "and ($4::text is null or $5::text is null)" : `and ${order.beyond}`}
        order by ${order.by} limit ${PAGE + 1}`,
      [...filters, key ?? null, id ?? null],
    ),
    pool.query<{ currency: Currency; exponent: number; sum: string; accounts: bigint }>(
      `select a.currency, a.exponent, sum(a.balance)::text as sum, count(*) as accounts from account_balances a where ${where} group by 1, 2 order by 1`,
      filters,
    ),
    balancesFreshness(),
  ]);
  const page = rows.rows.slice(0, PAGE);
  const last = rows.rows.length > PAGE ? page.at(-1) : undefined;
  return {
    accounts: await summaries(viewer, page),
    totals: totals.rows.map((row) => ({ ...row, sum: BigInt(row.sum), accounts: Number(row.accounts) })),
    next: last && (query.sort === "number" ? last.accountNumber : `${last.lastActivityAt.toISOString()}~${last.accountId}`),
    freshness,
  };
}

/** Rows as the viewer is shown them: with nicknames, and names of holders for staff. */
export async function summaries(viewer: Viewer, rows: readonly AccountRow[]): Promise<AccountSummary[]> {
  const names = isStaff(viewer)
    ? await partyNames(runtime().pool, [...new Set(rows.flatMap((row) => row.holderIds))])
    : new Map<string, string>();
  return rows.map(({ balanceText, holderIds, ...row }) => {
    const balance = BigInt(balanceText);
    return {
      ...row,
      balance,
      available: row.status === "open" ? balance : 0n,
      nickname: viewer.nicknames.get(row.accountId) ?? null,
      holders: isStaff(viewer) ? holderIds.map((id) => names.get(id) ?? "an unnamed party") : [],
    };
  });
}

/** How far the balances have read the log. */
export async function balancesFreshness(): Promise<Freshness> {
  const { rows } = await runtime().pool.query<{ position: bigint; at: Date | null; head: bigint }>(
    `select c.position, c.recorded_at as at, coalesce((select max(position) from events), 0) as head
       from projection_checkpoints c where c.name = 'account_balances'`,
  );
  const row = rows[0];
  return row ? { position: row.position, at: row.at, behind: row.head > row.position } : { position: 0n, at: null, behind: true };
}

const likeText = (text: string) => text.replace(/[\\%_]/g, "\\$&");

function readCursor(after: string | undefined, sort: AccountQuery["sort"]): readonly [string?, string?] {
  if (after === undefined) return [];
  if (sort === "number") return parseAccountNumber(after) === after ? [after, ""] : [];
  const [at = "", id = ""] = after.split("~");
  const isInstant = !Number.isNaN(Date.parse(at)) && new Date(at).toISOString() === at;
  return isInstant && parseAccountId(id) ? [at, id] : [];
}
