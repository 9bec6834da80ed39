import type { AccountNumber } from "@/domain/account/account-number";
import type { Product } from "@/domain/account/product";
import type { AccountId, PartyId } from "@/domain/ids";
import type { Currency } from "@/domain/money/currency";

/** Select list over `account_balances a` that gives an `AccountRow`. Amounts as text: they pass through no JS number. */
export const accountColumns = `a.account_id as "accountId", a.account_number as "accountNumber", a.currency, a.exponent, a.product, a.status,
  a.holders as "holderIds", a.balance::text as "balanceText", a.version, a.opened_at as "openedAt", a.last_activity_at as "lastActivityAt"`;

export type AccountRow = {
  accountId: AccountId;
  accountNumber: AccountNumber;
  currency: Currency;
  exponent: number;
  product: Product;
  status: "open" | "closed";
  holderIds: readonly PartyId[];
  balanceText: string;
  version: number;
  openedAt: Date;
  lastActivityAt: Date;
};
