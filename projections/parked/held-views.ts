import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";

/** By read model, the version that an account is held at: it shows the account as of the version before. Empty: all is well. */
export type HeldViews = Readonly<Record<string, number>>;

/** A column that gives `HeldViews`; `accountId` is an expression over the row. */
export const heldViewsSql = (accountId: `${string}.account_id` | "$1"): string =>
  `(select coalesce(jsonb_object_agg(p.reader, p.version), '{}') from parked_accounts p where p.account_id = ${accountId})`;

/** For an account that no read model has a row of. */
export async function heldViewsOf(db: Db, accountId: AccountId): Promise<HeldViews> {
  const { rows } = await db.query<{ held: HeldViews }>(`select ${heldViewsSql("$1")} as held`, [accountId]);
  return rows[0]?.held ?? {};
}

/** How many accounts a read model holds. */
export async function heldAccounts(db: Db, reader: string): Promise<number> {
  const { rows } = await db.query<{ held: number }>("select count(*)::int as held from parked_accounts where reader = $1", [
    reader,
  ]);
  return rows[0]?.held ?? 0;
}
