import { accountScope, maySee } from "@/domain/access/policy";
import { type AccountId, parsePartyId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";
import type { Viewer } from "./viewer";

/**
 * Whether the viewer may know of an account whose events cannot be read. Who holds it is taken from the command that opened it, which is in the
 * book by itself; where even that is not to be found, only those who see every account may.
 */
export async function mayKnowOf({ actor }: Viewer, id: AccountId): Promise<boolean> {
  if (accountScope(actor).kind === "every") return true;
  const { rows } = await runtime().pool.query<{ holders: unknown }>(
    `select c.input -> 'holders' as holders from events e
       join commands c on c.actor = e.metadata ->> 'actor' and c.id = e.metadata ->> 'commandId'
      where e.stream_id = $1 and e.version = 1 and c.type = 'OpenAccount' and c.account_ids = array[$1]`,
    [id],
  );
  const [row] = rows;
  if (!Array.isArray(row?.holders)) return false;
  return maySee(actor, { holders: row.holders.flatMap((holder) => parsePartyId(String(holder)) ?? []) });
}
