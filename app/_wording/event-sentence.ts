import type { RecordedSource } from "@/domain/account/deposit-source";
import type { AccountEvent } from "@/domain/account/events";
import type { Money } from "@/domain/money/money";
import { unreachable } from "@/domain/unreachable";
import { formatMoney, type Writing } from "../_components/money/format-money";
import { depositSourcePhrase } from "./deposit-source";

export type Told = { type: AccountEvent["type"]; who: string; amount: Money | null; source: RecordedSource | null };

/** One event as one sentence, without its description: "You deposited €12.00 in cash". */
export function eventSentence({ type, who, amount, source }: Told, { exponent, format }: Writing): string {
  const sum = amount === null ? "" : formatMoney({ ...amount, exponent }, format);
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
