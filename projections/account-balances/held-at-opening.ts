import type { Actor } from "@/domain/access/policy";
import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { type AccountId, type PartyId, parsePartyId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { openingCommandSql, scopeOfOpeningCommand } from "@/infra/time-travel/account-scope-sql";

/**
 * An account that the balances hold from its very first event, so that they have no row of it. What is told of it stands in the command that
 * opened it; null and nobody, where even that is not to be found.
 */
export type HeldAtOpening = { accountId: AccountId; accountNumber: AccountNumber | null; holders: readonly PartyId[] };

/** An expression: whether there is any, for whomever. */
export const anyHeldAtOpeningSql = "exists (select from parked_accounts p where p.reader = 'account_balances' and p.version = 1)";

/** Those that the actor may see, newest first; `search` and `number` as patterns of `like`, both empty for all. There are few: see HELD_ACCOUNTS_MAX. */
export async function heldAtOpening(
  db: Db,
  actor: Actor,
  { search, number }: { search: string; number: string },
): Promise<HeldAtOpening[]> {
  const scope = scopeOfOpeningCommand(actor, 3);
  const { rows } = await db.query<{ accountId: AccountId; accountNumber: string | null; holders: unknown }>(
    `select p.account_id as "accountId", c.input ->> 'accountNumber' as "accountNumber", c.input -> 'holders' as holders
       from parked_accounts p join events e on e.stream_id = p.account_id and e.version = 1 left join ${openingCommandSql}
      where p.reader = 'account_balances' and p.version = 1 and ${scope.condition}
        and not exists (select from account_balances b where b.account_id = p.account_id) -- of a checkpoint that was set back
        and ($1 = '' or c.input ->> 'accountNumber' like '%' || upper($2) || '%'
             or exists (select from parties n where c.input -> 'holders' ? n.id and n.name ilike '%' || $1 || '%'))
      order by e.position desc`,
    [search, number, ...scope.values],
  );
  return rows.map(({ accountId, accountNumber, holders }) => ({
    accountId,
    accountNumber: parseAccountNumber(accountNumber ?? "") ?? null,
    holders: Array.isArray(holders) ? holders.flatMap((holder) => parsePartyId(String(holder)) ?? []) : [],
  }));
}
