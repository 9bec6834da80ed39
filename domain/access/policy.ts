import type { Account } from "../account/account";
import type { AccountCommand, OpenAccount } from "../account/commands";
import type { PartyId, UserId } from "../ids";
import { unreachable } from "../unreachable";

export type Role = "customer" | "teller" | "auditor" | "operator";

export const roles: readonly Role[] = ["customer", "teller", "auditor", "operator"];

/** Who asks: a login, the party it acts for (if any), and the one role it holds now. */
export type Actor = {
  userId: UserId;
  partyId: PartyId | null;
  role: Role;
  authStrength: "password" | "system";
};

/** Which accounts an actor sees; read queries put the same answer into SQL. */
export type AccountScope =
  | { kind: "every" }
  | { kind: "held_by"; partyId: PartyId }
  | { kind: "every_not_held_by"; partyId: PartyId }
  | { kind: "none" };

export function accountScope({ role, partyId }: Pick<Actor, "role" | "partyId">): AccountScope {
  switch (role) {
    case "customer":
      return partyId === null ? { kind: "none" } : { kind: "held_by", partyId };
    case "teller":
      return partyId === null ? { kind: "every" } : { kind: "every_not_held_by", partyId };
    case "auditor":
      return { kind: "every" };
    case "operator":
      return { kind: "none" };
    default:
      return unreachable(role);
  }
}

/** May this actor know that the account exists, and read it? */
export function maySee(actor: Actor, account: { holders: readonly PartyId[] }): boolean {
  const scope = accountScope(actor);
  switch (scope.kind) {
    case "every":
      return true;
    case "held_by":
      return account.holders.includes(scope.partyId);
    case "every_not_held_by":
      return !account.holders.includes(scope.partyId);
    case "none":
      return false;
    default:
      return unreachable(scope);
  }
}

/**
 * May this actor give this command? Asked on the aggregate's own state, where the command is decided.
 * An account that is not there is nobody's, so a command to it is refused as "not found", never answered with a fact.
 */
export function mayAct(actor: Actor, command: AccountCommand, account: Account): boolean {
  if (actor.role !== "customer" && actor.role !== "teller") return false;
  if (account.status === "unopened") return command.type === "OpenAccount" && mayOpen(actor, command);
  return maySee(actor, account);
}

/** Staff may look into operations: projections, lags, the log's head. */
export function mayOperate(actor: Actor): boolean {
  return actor.role === "operator";
}

/** May read everything and prove everything, and changes nothing. */
export function mayAudit(actor: Actor): boolean {
  return actor.role === "auditor";
}

/** Whether the role looks across customers (a teller: all but accounts held by their own party, see `accountScope`). */
export function seesEveryAccount(role: Role): boolean {
  return role === "teller" || role === "auditor";
}

// A customer opens for himself alone; a teller for anybody but himself.
function mayOpen(actor: Actor, { holders }: OpenAccount): boolean {
  if (actor.role === "customer") return actor.partyId !== null && holders.length === 1 && holders[0] === actor.partyId;
  return actor.partyId === null || !holders.includes(actor.partyId);
}
