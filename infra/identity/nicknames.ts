import type { z } from "zod";
import type { AccountId, UserId } from "@/domain/ids";
import { NICKNAME_MAX } from "@/domain/text/bounds";
import { plainText } from "@/infra/identity/plain-text";
import type { Db } from "@/infra/postgres/connect";

const nicknamesMax = 1_000; // a person: more than anybody names by hand

/** What a person may call an account; empty takes the name away. */
export const nicknameInput = plainText({ lengthMax: NICKNAME_MAX, what: "A nickname" });

/** Sets or (with "") takes away what this person calls an account. Seen by nobody else. False when this person has named too many. */
export async function setNickname(
  db: Db,
  userId: UserId,
  accountId: AccountId,
  nickname: z.infer<typeof nicknameInput>,
): Promise<boolean> {
  if (nickname === "") {
    await db.query("delete from account_nicknames where user_id = $1 and account_id = $2", [userId, accountId]);
    return true;
  }
  const { rowCount } = await db.query(
    `insert into account_nicknames (user_id, account_id, nickname)
     select $1, $2, $3 where (select count(*) from account_nicknames where user_id = $1) < $4
     on conflict (user_id, account_id) do update set nickname = excluded.nickname`,
    [userId, accountId, nickname, nicknamesMax],
  );
  return rowCount === 1;
}
