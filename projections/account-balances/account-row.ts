import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { type Product, parseProduct } from "@/domain/account/product";
import { type AccountId, type PartyId, parseAccountId, parsePartyId } from "@/domain/ids";
import { type Currency, parseCurrency, parseExponent } from "@/domain/money/currency";
import { type MinorUnits, minorUnits } from "@/domain/money/money";
import { asSpelt, fromOne, instant, isInstantSql, isWholeSql, oneOf, stored, wholeNumber } from "@/infra/rows/stored-column";
import type { RowReader } from "@/infra/rows/unreadable-row";
import { type HeldViews, heldViewsSql } from "../parked/held-views";

/** An account as a screen shows it. */
export type AccountSummary = {
  accountId: AccountId;
  accountNumber: AccountNumber;
  currency: Currency;
  exponent: number;
  product: Product;
  status: "open" | "closed";
  holders: readonly PartyId[];
  balance: MinorUnits;
  version: number;
  /** Of the account's last event. */
  position: bigint;
  recordedAt: Date;
  openedAt: Date;
  lastActivityAt: Date;
  held: HeldViews;
};

export type AccountRow = Record<"accountId" | "accountNumber" | "currency" | "product" | "status" | "balance", string> &
  Pick<AccountSummary, "exponent" | "version" | "position" | "recordedAt" | "openedAt" | "lastActivityAt" | "held"> & {
    holders: (string | null)[];
  };

/** Select list over `account_balances b` that gives an `AccountRow`. */
export const accountColumns = `b.account_id as "accountId", b.account_number as "accountNumber", b.currency, b.exponent, b.product, b.status, b.holders,
  b.balance::text, b.version, b.position, b.recorded_at as "recordedAt", b.opened_at as "openedAt", b.last_activity_at as "lastActivityAt",
  ${heldViewsSql("b.account_id")} as held`;

export const accountRows: RowReader<AccountRow, AccountSummary> = {
  table: "account_balances",
  id: ({ accountId }) => accountId,
  of: ({ accountId }) => accountOnly(parseAccountId(accountId)),
  read: (row) => ({
    accountId: stored("account_id", parseAccountId(row.accountId)),
    accountNumber: stored("account_number", asSpelt(parseAccountNumber, row.accountNumber)),
    currency: stored("currency", parseCurrency(row.currency)),
    exponent: stored("exponent", parseExponent(row.exponent)),
    product: stored("product", parseProduct(row.product)),
    status: stored("status", oneOf(statuses, row.status)),
    holders: row.holders.flatMap((id) => parsePartyId(id ?? "") ?? []), // without one, all else still holds
    balance: minorUnits(stored("balance", wholeNumber(row.balance))),
    version: stored("version", fromOne(row.version)),
    position: stored("position", fromOne(row.position)),
    recordedAt: stored("recorded_at", instant(row.recordedAt)),
    openedAt: stored("opened_at", instant(row.openedAt)),
    lastActivityAt: stored("last_activity_at", instant(row.lastActivityAt)),
    held: row.held,
  }),
};

const statuses = ["open", "closed"] as const;

const accountOnly = (accountId: AccountId | undefined) => (accountId ? { accountId, version: null } : null);

/**
 * The same rule in SQL, over `account_balances b`: an account that cannot be shown is in no sum. A test
 * holds the two together. A length and a `+` instead of a counted pattern, which takes ten times as
 * long; `case`, since a cast of letters to a number would throw.
 */
export const isReadableSql = `(octet_length(b.account_id) = 30 and b.account_id ~ '^acc_[0-7][0-9a-hjkmnp-tv-z]+$'
  and case when octet_length(b.account_number) = 14 and b.account_number ~ '^DB[0-9]+$'
    then mod((right(b.account_number, 10) || '1311' || substr(b.account_number, 3, 2))::bigint, 97) = 1 else false end
  and b.currency ~ '^[A-Z][A-Z][A-Z]$' and b.exponent between 0 and 4
  and b.product in ('current', 'savings') and b.status in ('open', 'closed')
  and ${isWholeSql("b.balance")} and b.version >= 1 and b.position >= 1
  and ${isInstantSql("b.recorded_at")} and ${isInstantSql("b.opened_at")} and ${isInstantSql("b.last_activity_at")})`;
