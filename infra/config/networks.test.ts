import { expect, test } from "vitest";
import { parseNetworks } from "./networks";

test("addresses are of a network or not, in both families", () => {
  const networks = parseNetworks("10.0.0.0/8, 2001:db8::/32,192.0.2.7");
  expect(["10.200.0.1", "2001:db8:1::9", "192.0.2.7"].map((one) => networks?.has(one))).toEqual([true, true, true]);
  expect(["11.0.0.1", "2001:db9::1", "192.0.2.8", "nonsense", ""].map((one) => networks?.has(one))).toEqual(Array(5).fill(false));
});

test.each(["", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/8/8", "10.0.0.0/-1", "::/129", "proxy.example", "10.0.0.1,,10.0.0.2"])(
  "%j names no networks",
  (text) => {
    expect(parseNetworks(text)).toBeUndefined();
  },
);
