import type { DepositSource, RecordedSource } from "@/domain/account/deposit-source";

const names: Readonly<Record<DepositSource, string>> = {
  cash: "Cash",
  cheque: "Cheque",
  transfer: "Transfer",
  salary: "Salary",
  card_refund: "Card refund",
};

const phrases: Readonly<Record<RecordedSource, string>> = {
  cash: " in cash",
  cheque: " by cheque",
  transfer: " by transfer",
  salary: " as salary",
  card_refund: " as a card refund",
  unknown: "",
};

/** As a choice in a form. */
export const depositSourceName = (source: DepositSource): string => names[source];

/** As the end of "You deposited €12.00"; nothing where nobody said how it came. */
export const depositSourcePhrase = (source: RecordedSource | null): string => (source === null ? "" : phrases[source]);
