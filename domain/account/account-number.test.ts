import { expect, test } from "vitest";
import { accountNumberFrom, formatAccountNumber, parseAccountNumber } from "./account-number";

const samples = [
  1n,
  2n,
  9n,
  10n,
  97n,
  98n,
  1234567890n,
  9090909090n,
  9999999999n,
  ...Array.from({ length: 200 }, (_, i) => BigInt(i) * 49_999_937n + 3n),
];

test("a number is DB, two check digits and the sequence in ten digits, written in groups of four", () => {
  expect(formatAccountNumber(accountNumberFrom(1n))).toMatch(/^DB[0-9]{2} 0000 0000 01$/);
});

test("the check digits are those of an IBAN: the rearranged number leaves 1", () => {
  for (const sequence of samples) {
    const number = accountNumberFrom(sequence);
    expect(BigInt(`${number.slice(4)}1311${number.slice(2, 4)}`) % 97n).toBe(1n);
  }
});

test("every number is read again, with or without spaces, in either case", () => {
  for (const sequence of samples) {
    const number = accountNumberFrom(sequence);
    expect(parseAccountNumber(number)).toBe(number);
    expect(parseAccountNumber(` ${formatAccountNumber(number).toLowerCase()} `)).toBe(number);
  }
});

test("every single-digit error is caught", () => {
  for (const sequence of samples) {
    const number = accountNumberFrom(sequence);
    for (let at = 2; at < number.length; at++) {
      for (const digit of "0123456789") {
        if (digit === number[at]) continue;
        expect(parseAccountNumber(number.slice(0, at) + digit + number.slice(at + 1))).toBeUndefined();
      }
    }
  }
});

test("every swap of two neighbours is caught, check digits included", () => {
  for (const sequence of samples) {
    const number = accountNumberFrom(sequence);
    for (let at = 2; at < number.length - 1; at++) {
      const [a = "", b = ""] = number.slice(at, at + 2);
      if (a === b) continue;
      expect(parseAccountNumber(number.slice(0, at) + b + a + number.slice(at + 2))).toBeUndefined();
    }
  }
});

test.each(["", "DB", "DB12", "XX000000000001", "DB00000000000001", "DB000000000000001", "DB-1"])(
  "%j is no account number",
  (text) => {
    expect(parseAccountNumber(text)).toBeUndefined();
  },
);

test.each([0n, -1n, 10_000_000_000n])("there is no %s-th account", (sequence) => {
  expect(() => accountNumberFrom(sequence)).toThrow(/from 1 to/);
});
