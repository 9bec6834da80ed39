import { expect, test } from "vitest";
import { foldTyped, mixesDigits } from "./typed";

test("digits of every script are read by their value", () => {
  for (const zero of [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x104a0, 0x1d7ce, 0x1d7d8, 0x1d7f6, 0x1e950])
    expect(foldTyped(String.fromCodePoint(...Array.from({ length: 10 }, (_, i) => zero + i)))).toBe("0123456789");
});

test("spaces, minus signs and full-width signs are spelt in one way", () => {
  expect(foldTyped(" 1\u202f234\u2009567\u00a0,５０ ")).toBe("1 234 567 ,50");
  expect(foldTyped("−12 –3 －4")).toBe("-12 -3 -4");
  expect(foldTyped("１，２３４．５０ ￥")).toBe("1,234.50 ¥");
});

test("direction marks beside a number are dropped, those inside it stay", () => {
  expect(foldTyped("\u2066€\u200e12.50\u2069")).toBe("€12.50");
  expect(foldTyped("\u200e−\u200e12")).toBe("-12");
  expect(foldTyped("1\u200f2")).toBe("1\u200f2");
  expect(foldTyped("\u202e12")).toBe("\u202e12");
});

test("digits of two scripts are a mixture, those of one are none", () => {
  expect(mixesDigits("1٢3")).toBe(true);
  expect(mixesDigits("１２.５０")).toBe(false);
  expect(mixesDigits("")).toBe(false);
});
