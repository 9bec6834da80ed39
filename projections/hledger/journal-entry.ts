import type { AccountEvent } from "@/domain/account/events";
import type { AccountId } from "@/domain/ids";
import { eventName } from "@/domain/ids";
import { toDecimalString } from "@/domain/money/decimal";
import type { StoredEvent } from "@/infra/event-log/stored-event";
import { signedAmount } from "../signed-amount";
import { journalText } from "./journal-text";

/** An event with what the read models know beside it. `text`: what a person wrote, if it is to be told. */
export type JournalEvent = {
  stored: Pick<StoredEvent, "streamId" | "version" | "event" | "metadata">;
  accountNumber: string;
  currency: string;
  exponent: number;
  /** The account's balance after it, in minor units. */
  balance: bigint;
  text: string | null;
};

/** The bank's own side of every movement, derived (DESIGN §6): it holds every currency. */
export const cashAccount = "assets:cash";

const words: Record<AccountEvent["type"], string> = {
  AccountOpened: "Opening",
  MoneyDeposited: "Deposit",
  MoneyWithdrawn: "Withdrawal",
  AccountClosed: "Closing",
};

/** What customers have is what the bank owes them. */
export function customerAccount(accountNumber: string): string {
  return `liabilities:customers:${accountNumber}`;
}

/** `commodity 1000.00 EUR`: with the decimal mark, as the format demands, also where no digits follow it. */
export function commodityDirective({ currency, exponent }: { currency: string; exponent: number }): string {
  return `commodity 1000.${"0".repeat(exponent)} ${currency}\n`;
}

/**
 * The lines of one event. An opening declares the account; a movement is a transaction of two legs, with the balance after it asserted on
 * the customer's; nothing for what moves no money. `date` is at least that of the entry before, since assertions are checked in the order
 * of dates: where the bank's own date is an earlier one, a tag tells it.
 */
export function journalEntry(entry: JournalEvent, date: string): string {
  const { stored, currency, exponent } = entry;
  const { event, metadata } = stored;
  const account = customerAccount(entry.accountNumber);
  if (event.type === "AccountOpened")
    return `account ${account}  ; opened:${metadata.bankDate}, product:${event.data.product}, id:${stored.streamId}\n`;
  const moved = signedAmount(event);
  if (moved === 0n) return "";
  const amount = (minorUnits: bigint) => `${toDecimalString(minorUnits, exponent)} ${currency}`;
  const said = entry.text === null ? "" : journalText(entry.text);
  const tag = date === metadata.bankDate ? "" : `  ; bankDate:${metadata.bankDate}`;
  return `
${date} * (${nameOf(stored)}) ${words[event.type]}${said && ` | ${said}`}${tag}
    ${account}  ${amount(-moved)} = ${amount(-entry.balance)}
    ${cashAccount}  ${amount(moved)}
`;
}

function nameOf({ streamId, version }: { streamId: AccountId; version: number }): string {
  return eventName(streamId, version);
}
