import type { AccountId, PartyId } from "../ids";
import type { OfferedCurrency } from "../money/currency";
import type { Money } from "../money/money";
import type { PersonalText } from "../personal-text";
import type { AccountNumber } from "./account-number";
import type { DepositSource } from "./deposit-source";
import type { Product } from "./product";

/** What somebody asks of an account. */
export type AccountCommand = OpenAccount | DepositMoney | WithdrawMoney | CloseAccount;

export type OpenAccount = {
  type: "OpenAccount";
  accountId: AccountId;
  accountNumber: AccountNumber;
  currency: OfferedCurrency;
  holders: readonly PartyId[];
  product: Product;
};

export type DepositMoney = {
  type: "DepositMoney";
  accountId: AccountId;
  amount: Money;
  /** Absent: nobody said. */
  source?: DepositSource;
  description?: PersonalText;
};
export type WithdrawMoney = { type: "WithdrawMoney"; accountId: AccountId; amount: Money; description?: PersonalText };
export type CloseAccount = { type: "CloseAccount"; accountId: AccountId };
