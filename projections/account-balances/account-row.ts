import { type AccountNumber, parseAccountNumber } from "@/domain/account/account-number";
import { type Product, parseProduct } from "@/domain/account/product";
import { type AccountId, type PartyId, parseAccountId, parsePartyId } from "@/domain/ids";
import { type Currency, parseCurrency } from "@/domain/money/currency";
import { type MinorUnits, minorUnits } from "@/domain/money/money";
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
    holders: string[];
  };

/** Select list over `account_balances b` that gives an `AccountRow`. */
export const accountColumns = `b.account_id as "accountId", b.account_number as "accountNumber", b.currency, b.exponent, b.product, b.status, b.holders,
  b.balance::text, b.version, b.position, b.recorded_at as "recordedAt", b.opened_at as "openedAt", b.last_activity_at as "lastActivityAt",
  ${heldViewsSql("b.account_id")} as held`;

export function accountSummary(row: AccountRow): AccountSummary {
  return {
    ...row,
    accountId: known(parseAccountId(row.accountId)),
    accountNumber: known(parseAccountNumber(row.accountNumber)),
    currency: known(parseCurrency(row.currency)),
    product: known(parseProduct(row.product)),
    status: row.status === "closed" ? "closed" : "open",
    holders: row.holders.map((id) => known(parsePartyId(id))),
    balance: minorUnits(BigInt(row.balance)),
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("account_balances holds a value that no event can have given");
  return value;
}
