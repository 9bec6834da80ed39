import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import { runtime } from "@/infra/runtime";

export type Entry = {
  version: number;
  at: Date;
  type: AccountEvent["type"];
  amount: bigint;
  /** After this entry. */
  balance: bigint;
  description: string | null;
  commandId: string;
};

export type EntriesPage = { entries: readonly Entry[]; nextBefore: number | null };

const PAGE = 40;

/** Entries of an account whose visibility was checked, newest first, older than `before`. */
export async function listEntries(accountId: AccountId, before: number | undefined): Promise<EntriesPage> {
  const { rows } = await runtime().pool.query<Omit<Entry, "amount" | "balance"> & { amount: string; balance: string }>(
    `select version, recorded_at as at, type, amount::text, balance::text, description, command_id as "commandId" from account_entries
      where account_id = $1 and version < $2 order by version desc limit ${PAGE + 1}`,
    [accountId, before ?? 2 ** 31 - 1],
  );
  const entries = rows.slice(0, PAGE).map((row) => ({ ...row, amount: BigInt(row.amount), balance: BigInt(row.balance) }));
  return { entries, nextBefore: rows.length > PAGE ? (entries.at(-1)?.version ?? null) : null };
}
