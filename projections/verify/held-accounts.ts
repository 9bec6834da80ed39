import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { logReaders } from "../registry";

/** An account that a reader holds at a version: from there on there is nothing to compare, and that is no fault of the read model. */
export type HeldAccount = { reader: string; accountId: AccountId; version: number };

export type HeldAccounts = {
  /** The version that a reader holds the account at; infinity where it does not. */
  from(reader: string, accountId: AccountId): number;
  all: readonly HeldAccount[];
};

/** Read in the snapshot of what is compared. */
export async function heldAccounts(db: Db): Promise<HeldAccounts> {
  const { rows: all } = await db.query<HeldAccount>(
    `select reader, account_id as "accountId", version from parked_accounts where reader = any($1) order by reader, account_id`,
    [logReaders.map(({ name }) => name)],
  );
  const versions = new Map(all.map(({ reader, accountId, version }) => [`${reader} ${accountId}`, version]));
  return { all, from: (reader, accountId) => versions.get(`${reader} ${accountId}`) ?? Number.POSITIVE_INFINITY };
}

/** Keeps each account with the earliest version that it was held at, while the verification went over it. */
export function rememberHeld(known: Map<string, HeldAccount>, { all }: HeldAccounts): void {
  for (const one of all) {
    const name = `${one.reader} ${one.accountId}`;
    const before = known.get(name);
    if (!before || one.version < before.version) known.set(name, one);
  }
}
