import type { Currency } from "../money/currency";
import type { Money } from "../money/money";

/** Why an account refuses: a code and the facts it stood on. Wording is the screen's affair. */
export type AccountRefusal =
  | { code: "account_not_open" }
  | { code: "account_already_open" }
  | { code: "account_closed" }
  | { code: "currency_mismatch"; expected: Currency; given: Currency }
  | { code: "insufficient_funds"; available: Money; asked: Money }
  | { code: "amount_not_positive" }
  | { code: "amount_too_large"; limit: Money }
  | { code: "balance_limit_exceeded"; limit: Money }
  | { code: "balance_not_zero"; balance: Money }
  | { code: "no_holder" }
  /** Something in the account's own history is wrong, and the bank has not settled it. Not decided by the account. */
  | { code: "account_under_review" };
