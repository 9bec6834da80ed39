import { checkDigits } from "../check-digits";

declare const brand: unique symbol;

/** "DB", two check digits, ten digits; stored without spaces, written in groups of four. */
export type AccountNumber = string & { readonly [brand]: "AccountNumber" };

const SEQUENCE_MAX = 9_999_999_999n;

/** The number of the account that is the `sequence`-th to be opened (from 1). */
export function accountNumberFrom(sequence: bigint): AccountNumber {
  if (sequence < 1n || sequence > SEQUENCE_MAX) throw new Error(`Account numbers run from 1 to ${SEQUENCE_MAX}, not ${sequence}`);
  const digits = sequence.toString().padStart(10, "0");
  return `DB${checkDigits("DB", digits)}${digits}` as AccountNumber;
}

/** Reads what a person typed: spaces and letter case are forgiven, a wrong digit is not. */
export function parseAccountNumber(text: string): AccountNumber | undefined {
  const compact = text.replace(/[\s\u00a0]/g, "").toUpperCase();
  const match = /^DB([0-9]{2})([0-9]{10})$/.exec(compact);
  if (match === null) return undefined;
  const [, check = "", digits = ""] = match;
  return checkDigits("DB", digits) === check ? (compact as AccountNumber) : undefined;
}

/** "DB12 3456 7890 12" */
export function formatAccountNumber(accountNumber: AccountNumber): string {
  return accountNumber.replace(/(.{4})(?=.)/g, "$1 ");
}
