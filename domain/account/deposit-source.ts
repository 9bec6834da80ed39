/**
 * How money came into an account, in the families that banks report it by (ISO 20022 bank transaction codes): counter cash, received
 * cheques, received credit transfers (of which wages are a kind of their own), and reimbursements to a card.
 */
export type DepositSource = "cash" | "cheque" | "transfer" | "salary" | "card_refund";

/** What the book holds: `unknown` where nobody said, and for every deposit before the question was asked. */
export type RecordedSource = DepositSource | "unknown";

export const depositSources: readonly DepositSource[] = ["cash", "cheque", "transfer", "salary", "card_refund"];

export function parseDepositSource(text: string): DepositSource | undefined {
  return depositSources.find((source) => source === text);
}

/** The same for what the book holds. */
export function parseRecordedSource(text: string): RecordedSource | undefined {
  return text === "unknown" ? text : parseDepositSource(text);
}
