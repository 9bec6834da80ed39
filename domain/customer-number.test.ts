import { expect, test } from "vitest";
import { checkDigits } from "./check-digits";
import { formatCustomerNumber, parseCustomerNumber } from "./customer-number";

const number = `CN${checkDigits("CN", "00000001")}00000001`;

test("a number is read as it is printed, in any case and grouping, and is no account number", () => {
  expect(parseCustomerNumber(formatCustomerNumber(number))).toBe(number);
  expect(parseCustomerNumber(number.toLowerCase())).toBe(number);
  expect(parseCustomerNumber("DB19 0000 0000 01")).toBeUndefined();
});

test("any one wrong digit, and any swap of neighbours, is found", () => {
  for (let i = 4; i < number.length; i++)
    for (const digit of "0123456789") {
      const wrong = number.slice(0, i) + digit + number.slice(i + 1);
      if (wrong !== number) expect(parseCustomerNumber(wrong)).toBeUndefined();
    }
  const other = `CN${checkDigits("CN", "12345678")}12345678`;
  for (let i = 4; i < other.length - 1; i++)
    expect(parseCustomerNumber(other.slice(0, i) + other[i + 1] + other[i] + other.slice(i + 2))).toBeUndefined();
});
