import { type Actor, accountScope } from "@/domain/access/policy";
import { unreachable } from "@/domain/unreachable";

/**
 * The policy's scope as a condition on `account_balances a`. `parameter` is the placeholder that carries `value`;
 * every scope uses it, so that the statement's parameters do not depend on the role.
 */
export function scopeCondition(actor: Actor, parameter: `$${number}`): { sql: string; value: string } {
  const scope = accountScope(actor);
  switch (scope.kind) {
    case "every":
      return { sql: `${parameter}::text is not null`, value: "" };
    case "held_by":
      return { sql: `a.holders @> array[${parameter}::text]`, value: scope.partyId };
    case "every_not_held_by":
      return { sql: `not a.holders @> array[${parameter}::text]`, value: scope.partyId };
    case "none":
      return { sql: `${parameter}::text is null`, value: "" };
    default:
      return unreachable(scope);
  }
}
