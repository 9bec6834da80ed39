import { expect, test } from "vitest";
import { quantile } from "./quantile";

const buckets = [
  { atMost: 1, count: 10 },
  { atMost: 2, count: 90 },
  { atMost: 4, count: 100 },
  { atMost: Infinity, count: 100 },
];

test("a quantile lies in its bucket, as far in as its rank", () => {
  expect([0.05, 0.1, 0.5, 0.9, 0.95, 1].map((q) => quantile(buckets, q))).toEqual([0.5, 1, 1.5, 2, 3, 4]);
});

test("of nothing there is none, and what is beyond every bound is told as the last", () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([{ atMost: 1, count: 0 }], 0.5)).toBeNull();
  expect(
    quantile(
      [
        { atMost: 1, count: 0 },
        { atMost: Infinity, count: 3 },
      ],
      0.5,
    ),
  ).toBe(1);
});
