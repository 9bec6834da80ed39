import { userNames } from "@/infra/identity/people";
import type { Db } from "@/infra/postgres/connect";
import type { Rebuild } from "./state";

/** What those are called who had a hand in these rebuilds. Not everybody is a person: a terminal, or a new revision of a fold, asks too. */
export async function namesIn(db: Db, rebuilds: readonly Rebuild[]): Promise<(id: string) => string> {
  const hands = rebuilds.flatMap(({ askedBy, askedAgainBy, endedBy }) => [askedBy, askedAgainBy, endedBy]);
  const names = await userNames(
    db,
    hands.filter((id) => id !== null),
  );
  return (id) => names.get(id) ?? id;
}
