import type { RecordedSource } from "@/domain/account/deposit-source";
import type { AccountEvent } from "@/domain/account/events";
import { exponentOf } from "@/domain/money/currency";
import type { Money } from "@/domain/money/money";
import type { NumberFormat } from "@/domain/money/number-format";
import { unreachable } from "@/domain/unreachable";
import { formatMoney } from "../_components/money/format-money";
import { depositSourcePhrase } from "./deposit-source";

export type Told = { type: AccountEvent["type"]; who: string; amount: Money | null; source: RecordedSource | null };

/** One event as one sentence, without its description: "You deposited €12.00 in cash". */
export function eventSentence({ type, who, amount, source }: Told, format: NumberFormat): string {
  const sum = amount === null ? "" : formatMoney({ ...amount, exponent: exponentOf(amount.currency) }, format);
  switch (type) {
    case "AccountOpened":
      return `${who} opened the account`;
    case "MoneyDeposited":
      return `${who} deposited ${sum}${depositSourcePhrase(source)}`;
    case "MoneyWithdrawn":
      return `${who} withdrew ${sum}`;
    case "AccountClosed":
      return `${who} closed the account`;
    default:
      return unreachable(type);
  }
}
