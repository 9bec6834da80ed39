import type { AccountId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";
import { openingCommandSql, scopeOfOpeningCommand } from "@/infra/time-travel/account-scope-sql";
import type { Viewer } from "./viewer";

/** Whether the viewer may know of an account whose events cannot be read: who holds it is taken from the command that opened it. */
export async function mayKnowOf({ actor }: Viewer, id: AccountId): Promise<boolean> {
  const scope = scopeOfOpeningCommand(actor, 2);
  const { rowCount } = await runtime().pool.query(
    `select from events e left join ${openingCommandSql} where e.stream_id = $1 and e.version = 1 and ${scope.condition}`,
    [id, ...scope.values],
  );
  return rowCount === 1;
}
