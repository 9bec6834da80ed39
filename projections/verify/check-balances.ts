import { type Account, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { foldOn } from "@/infra/time-travel/state-at";
import { versionAt } from "@/infra/time-travel/version-at";
import { type AccountRow, accountColumns } from "../account-balances/account-row";
import { Fault, mustEqual, mustMatch } from "./fault";
import type { Stream } from "./log-chain";

const rowsPerPage = 1_000;

/** Holds `account_balances` against the checked log, as of the position that the read model has reached; in one snapshot with it. */
export async function checkBalances(db: Db, streams: ReadonlyMap<AccountId, Stream>, reached: bigint): Promise<number> {
  let checked = 0;
  for (let after = ""; ; ) {
    const { rows } = await db.query<AccountRow & { accountId: AccountId }>(
      `select ${accountColumns} from account_balances b where b.account_id > $1 order by b.account_id limit ${rowsPerPage}`,
      [after],
    );
    for (const row of rows) {
      await checkRow(db, row, streams.get(row.accountId), reached);
      checked += 1;
    }
    if (rows.length < rowsPerPage) break;
    after = rows.at(-1)?.accountId ?? after;
  }
  const { rows } = await db.query<{ opened: bigint }>(
    "select count(*) as opened from events where type = 'AccountOpened' and position <= $1",
    [reached],
  );
  mustEqual("account_balances", "the number of accounts", BigInt(checked), rows[0]?.opened ?? 0n);
  return checked;
}

async function checkRow(
  db: Db,
  row: AccountRow & { accountId: AccountId },
  stream: Stream | undefined,
  reached: bigint,
): Promise<void> {
  const where = `account_balances, ${row.accountId}`;
  if (!stream) throw new Fault(where, "the log knows no such account");
  const { account, version } = stream.position <= reached ? stream : await earlier(db, row.accountId, reached);
  if (account.status === "unopened") throw new Fault(where, "the account was not open yet");
  const { accountNumber, currency, exponent, product, status, holders, balance } = account;
  mustMatch(where, row, { version, balance: balance.toString(), accountNumber, currency, exponent, product, status, holders });
}

/** The log has gone on since: the account as of the read model's position, from the first event. */
async function earlier(db: Db, accountId: AccountId, reached: bigint): Promise<{ account: Account; version: number }> {
  const version = await versionAt(db, accountId, { position: reached });
  const account = await foldOn(db, accountId, { account: unopened, version: 0 }, version);
  return { account, version };
}
