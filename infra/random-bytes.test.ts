import { expect, test } from "vitest";
import { pooledRandomBytes } from "./random-bytes";

test("no two draws share bytes, across refills of the pool", () => {
  const drawn = Array.from({ length: 5_000 }, () => pooledRandomBytes(12));
  expect(new Set(drawn.map((bytes) => bytes.toString("hex"))).size).toBe(5_000);
  expect(drawn.every((bytes) => bytes.length === 12)).toBe(true);
});

test("what was handed out is not changed by later draws", () => {
  const first = pooledRandomBytes(16);
  const before = first.toString("hex");
  for (let i = 0; i < 2_000; i++) pooledRandomBytes(16);
  expect(first.toString("hex")).toBe(before);
});

test("every value of a byte occurs about equally often (chi-square, 255 degrees of freedom)", () => {
  const counts = new Array<number>(256).fill(0);
  const draws = 25_600;
  for (let i = 0; i < draws; i++) for (const byte of pooledRandomBytes(10)) counts[byte] = (counts[byte] ?? 0) + 1;
  const expected = (draws * 10) / 256;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(chiSquare).toBeLessThan(400); // one in a hundred million by chance
});

test("more than the pool holds is refused", () => {
  expect(() => pooledRandomBytes(8_193)).toThrow(RangeError);
});
