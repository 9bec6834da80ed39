import { type AccountScope, type Actor, accountScope } from "@/domain/access/policy";
import type { AccountId } from "@/domain/ids";
import { unreachable } from "@/domain/unreachable";
import type { Db } from "../postgres/connect";

/** A condition for `where`, with the party as one more value. The same answer as the policy's `maySee`, where the data is read. */
export type ScopeSql = { condition: string; values: readonly string[] };

/** Over a `text[]` of holders; `parameter` is the number that the value gets. */
export function scopeOfHolders(actor: Actor, holders: string, parameter: number): ScopeSql {
  return scopeSql(accountScope(actor), `${holders} @> array[$${parameter}]::text[]`);
}

/** Over an account's first event, as `e`: true at once after opening, whatever the read models have reached. */
export function scopeOfOpening(actor: Actor, parameter: number): ScopeSql & { kind: AccountScope["kind"] } {
  const scope = accountScope(actor);
  return { kind: scope.kind, ...scopeSql(scope, `e.data -> 'holders' @> to_jsonb(array[$${parameter}::text])`) };
}

/** Joins an account's first event `e` with the command `c` that opened it, which is in the book by itself. */
export const openingCommandSql = `commands c on c.actor = e.metadata ->> 'actor' and c.id = e.metadata ->> 'commandId'
  and c.type = 'OpenAccount' and c.account_ids = array[e.stream_id]`;

/**
 * Over that command, as `c`, for an account whose first event may be damaged. Where no command is to be found, only those who see every
 * account may see this one.
 */
export function scopeOfOpeningCommand(actor: Actor, parameter: number): ScopeSql {
  return scopeSql(accountScope(actor), `c.input -> 'holders' @> to_jsonb(array[$${parameter}::text])`);
}

function scopeSql(scope: AccountScope, held: string): ScopeSql {
  switch (scope.kind) {
    case "every":
      return { condition: "true", values: [] };
    case "held_by":
      return { condition: held, values: [scope.partyId] };
    case "every_not_held_by":
      return { condition: `not (${held})`, values: [scope.partyId] };
    case "none":
      return { condition: "false", values: [] };
    default:
      return unreachable(scope);
  }
}

/** Whether the account is there for this actor, from the log alone. */
export async function isVisible(db: Db, actor: Actor, accountId: AccountId): Promise<boolean> {
  const { kind, condition, values } = scopeOfOpening(actor, 2);
  const { rowCount } = await db.query({
    name: `is_visible_${kind}`,
    text: `select from events e where e.stream_id = $1 and e.version = 1 and ${condition}`,
    values: [accountId, ...values],
  });
  return rowCount === 1;
}
