import { type Account, unopened } from "@/domain/account/account";
import type { AccountId } from "@/domain/ids";
import { Fault, mustEqual, mustMatch } from "@/infra/checks/fault";
import type { Db } from "@/infra/postgres/connect";
import { foldOn } from "@/infra/time-travel/state-at";
import { versionAt } from "@/infra/time-travel/version-at";
import { type AccountRow, accountColumns } from "../account-balances/account-row";
import type { HeldAccounts } from "./held-accounts";
import type { Stream } from "./log-chain";

const rowsPerPage = 1_000;

type Extent = { reached: bigint; held: HeldAccounts };

/**
 * Holds `account_balances` against the checked log, as of the position that the read model has reached, or the version that it holds an
 * account at; in one snapshot with it. Returns how many accounts that were.
 */
export async function checkBalances(db: Db, streams: ReadonlyMap<AccountId, Stream>, extent: Extent): Promise<number> {
  let checked = 0;
  for (let after = ""; ; ) {
    const { rows } = await db.query<AccountRow & { accountId: AccountId }>(
      `select ${accountColumns} from account_balances b where b.account_id > $1 order by b.account_id limit ${rowsPerPage}`,
      [after],
    );
    for (const row of rows) {
      await checkRow(db, row, streams.get(row.accountId), extent);
      checked += 1;
    }
    if (rows.length < rowsPerPage) break;
    after = rows.at(-1)?.accountId ?? after;
  }
  const { rows } = await db.query<{ opened: bigint }>(
    "select count(*) as opened from events where type = 'AccountOpened' and position <= $1",
    [extent.reached],
  );
  const unopened = extent.held.all.filter(({ reader, version }) => reader === "account_balances" && version === 1).length;
  mustEqual("account_balances", "the number of accounts", BigInt(checked + unopened), rows[0]?.opened ?? 0n);
  return checked;
}

async function checkRow(
  db: Db,
  row: AccountRow & { accountId: AccountId },
  stream: Stream | undefined,
  { reached, held }: Extent,
): Promise<void> {
  const where = `account_balances, ${row.accountId}`;
  if (!stream) throw new Fault(where, "the log knows no such account");
  const heldFrom = held.from("account_balances", row.accountId);
  const isWhole = stream.position <= reached && stream.version < heldFrom;
  const { account, version } = isWhole ? stream : await earlier(db, row.accountId, reached, heldFrom);
  if (account.status === "unopened") throw new Fault(where, "the account was not open yet");
  const { accountNumber, currency, exponent, product, status, holders, balance } = account;
  mustMatch(where, row, { version, balance: balance.toString(), accountNumber, currency, exponent, product, status, holders });
}

/** The log has gone on since: the account as of the read model's position, or before the event it is held at, from the first event. */
async function earlier(
  db: Db,
  accountId: AccountId,
  reached: bigint,
  heldFrom: number,
): Promise<{ account: Account; version: number }> {
  const version = Math.min(await versionAt(db, accountId, { position: reached }), heldFrom - 1);
  const account = await foldOn(db, accountId, { account: unopened, version: 0 }, version);
  return { account, version };
}
