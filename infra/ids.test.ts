import { expect, test } from "vitest";
import { parseAccountId, parseCommandId, parsePartyId, parseUserId } from "@/domain/ids";
import { newAccountId, newCommandId, newId, newPartyId, newUserId } from "./ids";

test("new ids are those that the domain reads", () => {
  for (let i = 0; i < 100; i++) {
    expect(parseAccountId(newAccountId())).toBeDefined();
    expect(parsePartyId(newPartyId())).toBeDefined();
    expect(parseUserId(newUserId())).toBeDefined();
    expect(parseCommandId(newCommandId())).toBeDefined();
  }
});

test("they are UUIDs of version 7: the millisecond first, then version, variant and randomness", () => {
  const before = Date.now();
  const bits = bitsOf(newId("x"));
  expect(Number(bits >> 80n)).toBeGreaterThanOrEqual(before);
  expect(Number(bits >> 80n)).toBeLessThanOrEqual(Date.now());
  expect((bits >> 76n) & 0xfn).toBe(7n);
  expect((bits >> 62n) & 0x3n).toBe(2n);
});

test("10,000 of them differ", () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newId("x"))).size).toBe(10_000);
});

function bitsOf(id: string): bigint {
  return [...id.slice(2)].reduce(
    (bits, character) => (bits << 5n) | BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(character)),
    0n,
  );
}
