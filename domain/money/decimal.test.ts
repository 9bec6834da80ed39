import fc from "fast-check";
import { expect, test } from "vitest";
import { toDecimalString } from "./decimal";

test.each([
  [-1234n, 2, "-12.34"],
  [5n, 3, "0.005"],
  [-5n, 3, "-0.005"],
  [7n, 0, "7"],
  [0n, 2, "0.00"],
  [10n ** 18n, 4, "100000000000000.0000"],
])("%s with %s digits is %s", (minorUnits, exponent, text) => {
  expect(toDecimalString(minorUnits, exponent)).toBe(text);
});

test("taking the point out gives the minor units back", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.integer({ min: 0, max: 4 }), (minorUnits, exponent) => {
      expect(BigInt(toDecimalString(minorUnits, exponent).replace(".", ""))).toBe(minorUnits);
    }),
  );
});
