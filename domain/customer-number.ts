import { checkDigits } from "./check-digits";

declare const brand: unique symbol;

/** "CN", two check digits, eight digits: of a party, for people. Account numbers begin with "DB" and are longer. */
export type CustomerNumber = string & { readonly [brand]: "CustomerNumber" };

/** Reads what a person typed: spaces and letter case are forgiven, a wrong digit is not. */
export function parseCustomerNumber(text: string): CustomerNumber | undefined {
  const compact = text.replace(/[\s\u00a0]/g, "").toUpperCase();
  const [, check, digits = ""] = /^CN([0-9]{2})([0-9]{8})$/.exec(compact) ?? [];
  return check !== undefined && checkDigits("CN", digits) === check ? (compact as CustomerNumber) : undefined;
}

/** "CN92 0000 0001" */
export function formatCustomerNumber(customerNumber: string): string {
  return customerNumber.replace(/(.{4})(?=.)/g, "$1 ");
}
