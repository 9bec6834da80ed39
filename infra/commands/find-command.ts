import type { Actor } from "@/domain/access/policy";
import type { AccountId, CommandId, UserId } from "@/domain/ids";
import type { Db } from "../postgres/connect";
import { type RecordedCommand, type RecordedCommandRow, recordedCommand, recordedCommandColumns } from "./recorded-command";

/** The actor's own command by its id; undefined while it is not decided (a lost answer: ask again). */
export async function findCommand(db: Db, actor: Pick<Actor, "userId">, id: CommandId): Promise<RecordedCommand | undefined> {
  return commandOf(db, actor.userId, id);
}

/** The command that caused an event, by the actor and command id of its metadata. Who may see it is for the caller to check. */
export async function commandOf(db: Db, actor: UserId | string, id: CommandId | string): Promise<RecordedCommand | undefined> {
  const { rows } = await db.query<RecordedCommandRow>(
    `select ${recordedCommandColumns} from commands c where c.actor = $1 and c.id = $2`,
    [actor, id],
  );
  return rows[0] && recordedCommand(rows[0]);
}

/** Refused commands of an account in [from, to), oldest first, from `commands` alone: who, when, asked what, and on which facts. */
export async function listRefused(
  db: Db,
  { accountId, from, to, limit = 100 }: { accountId: AccountId; from: Date; to: Date; limit?: number },
): Promise<RecordedCommand[]> {
  const { rows } = await db.query<RecordedCommandRow>(
    `select ${recordedCommandColumns} from commands c
      where c.outcome ->> 'ok' = 'no' and c.account_ids[1] = $1 and c.recorded_at >= $2 and c.recorded_at < $3
      order by c.recorded_at, c.actor, c.id limit $4`,
    [accountId, from, to, limit],
  );
  return rows.map(recordedCommand);
}
