import type { PartyId } from "../ids";
import type { Currency } from "../money/currency";
import type { Money } from "../money/money";
import type { PersonalText } from "../personal-text";
import type { AccountNumber } from "./account-number";
import type { RecordedSource } from "./deposit-source";
import type { Product } from "./product";

/** What happened to an account, in the newest shape; older stored shapes are lifted before they get here. */
export type AccountEvent =
  | {
      type: "AccountOpened";
      data: {
        accountNumber: AccountNumber;
        currency: Currency;
        /** Decimal digits of the currency on the day of opening, kept for life. */
        exponent: number;
        holders: readonly PartyId[];
        product: Product;
      };
    }
  | { type: "MoneyDeposited"; data: { amount: Money; source: RecordedSource; description?: PersonalText } }
  | { type: "MoneyWithdrawn"; data: { amount: Money; description?: PersonalText } }
  | { type: "AccountClosed"; data: Record<never, never> };
