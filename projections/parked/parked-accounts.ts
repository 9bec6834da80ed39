import { type AccountId, parseAccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { fromOne, instant, stored } from "@/infra/rows/stored-column";
import { type ReadRow, type RowReader, readRows } from "@/infra/rows/unreadable-row";
import { logReaders } from "../registry";
import type { Held } from "./parked-rows";

/** `version` and `position`: of the first event that is missing. `waiting`: how many events of the account wait, that one included. */
export type ParkedAccount = Held & { reader: string; waiting: number; parkedAt: Date; attempts: number; lastTriedAt: Date };

/** Every account that a reader of the log holds, of one or of all, the longest held first. A copy being made beside a read model is none. There are few: see HELD_ACCOUNTS_MAX. */
export async function parkedAccounts(
  db: Db,
  { reader, accountId }: { reader?: string; accountId?: AccountId } = {},
): Promise<ReadRow<ParkedAccount>[]> {
  const { rows } = await db.query<Row>(
    `select p.reader, p.account_id as "accountId", p.version, p.position, p.error, p.parked_at as "parkedAt", p.attempts, p.last_tried_at as "lastTriedAt",
            (select e.version from events e where e.stream_id = p.account_id order by e.version desc limit 1)::bigint - p.version + 1 as waiting
       from parked_accounts p where p.reader = any($1) and ($2::text is null or p.account_id = $2)
      order by p.parked_at, p.reader, p.account_id`,
    [reader === undefined ? logReaders.map(({ name }) => name) : [reader], accountId ?? null],
  );
  return readRows(parkedRows, rows);
}

/** `waiting` null: the log knows no such account. */
type Row = Omit<ParkedAccount, "accountId" | "waiting"> & { accountId: string; waiting: bigint | null };

const parkedRows: RowReader<Row, ParkedAccount> = {
  table: "parked_accounts",
  id: ({ reader, accountId }) => `${reader}, ${accountId}`,
  read: (row) => ({
    reader: row.reader,
    accountId: stored("account_id", row.waiting === null ? undefined : parseAccountId(row.accountId)),
    version: stored("version", fromOne(row.version)),
    position: stored("position", fromOne(row.position)),
    error: row.error,
    waiting: Number(stored("version", row.waiting === null ? undefined : fromOne(row.waiting))),
    parkedAt: stored("parked_at", instant(row.parkedAt)),
    attempts: stored("attempts", fromOne(row.attempts)),
    lastTriedAt: stored("last_tried_at", instant(row.lastTriedAt)),
  }),
};
