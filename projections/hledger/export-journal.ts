import type pg from "pg";
import { storedEvent, storedEventColumns } from "@/infra/event-log/read";
import type { Db } from "@/infra/postgres/connect";
import { accountBalances } from "../account-balances/projection";
import { accountEntries } from "../account-entries/projection";
import { readCheckpoints } from "../checkpoints/checkpoints";
import type { LogReader } from "../log-reader";
import { cashAccount, commodityDirective, journalEntry } from "./journal-entry";

const eventsPerPage = 1_000;

/** What a journal is made of besides the log. */
export const journalReaders: readonly LogReader[] = [accountBalances, accountEntries];

type Row = Parameters<typeof storedEvent>[0] & {
  accountNumber: string | null;
  currency: string;
  exponent: number;
  balance: string | null;
  description: string | null;
};

/**
 * The movements of the whole book as a journal that hledger reads, up to the event that `account_entries` and `account_balances` have
 * reached now. Amounts are those of the log, asserted balances those of the read model: hledger's check holds one against the other. Page
 * by page, so memory does not grow with the log and nothing is kept locked. `withTexts`: with what people wrote, in clear.
 * @throws where a read model lacks rows, as in a rebuild, or of an account that it holds back.
 */
export async function* exportJournal(
  pool: pg.Pool,
  { bookId, withTexts }: { bookId: string; withTexts: boolean },
): AsyncGenerator<{ lines: string; done: bigint; total: bigint }> {
  const total = await reached(pool);
  yield { lines: await headOf(pool, bookId, total), done: 0n, total };
  let date = "";
  for (let done = 0n; done < total; ) {
    const { rows } = await pool.query<Row>(pageSql, [done, total, eventsPerPage]);
    if (rows.length === 0) throw new Error(`the log has no event at position ${done + 1n}`);
    let lines = "";
    for (const { accountNumber, currency, exponent, balance, description, ...row } of rows) {
      if (accountNumber === null || balance === null)
        throw new Error(
          `The read models have no row for position ${row.position}: one is being rebuilt, or holds the account back (verify tells). Try again after it.`,
        );
      const stored = storedEvent(row);
      const { bankDate } = stored.metadata;
      date = bankDate > date ? bankDate : date;
      const text = withTexts ? description : null;
      lines += journalEntry({ stored, accountNumber, currency, exponent, balance: BigInt(balance), text }, date);
      done = row.position;
    }
    yield { lines, done, total };
  }
  yield { lines: `\n; the end: every movement up to position ${total} stands above\n`, done: total, total };
}

/** The position that both read models have reached. */
async function reached(db: Db): Promise<bigint> {
  const needed = journalReaders.map(({ name }) => name);
  const positions = (await readCheckpoints(db, needed)).map(({ position }) => position);
  if (positions.length < needed.length) return 0n;
  return positions.reduce((least, position) => (position < least ? position : least));
}

async function headOf(db: Db, bookId: string, total: bigint): Promise<string> {
  const { rows } = await db.query<{ currency: string; exponent: number }>(
    "select b.currency, max(b.exponent) as exponent from account_balances b group by b.currency order by b.currency",
  );
  return `; Daybook, book ${bookId}, every movement up to position ${total}
decimal-mark .
${rows.map(commodityDirective).join("")}account ${cashAccount}
`;
}

const pageSql = `
select ${storedEventColumns}, b.account_number as "accountNumber", b.currency, b.exponent, a.balance::text as balance, a.description
  from events e
  left join account_entries a on a.account_id = e.stream_id and a.version = e.version
  left join account_balances b on b.account_id = e.stream_id
 where e.position > $1 and e.position <= $2 order by e.position limit $3`;
