import { expect, test } from "vitest";
import { networksOf, plainAddress } from "./network-of";

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["::FFFF:CB00:7109", "203.0.113.9"],
  ["0:0:0:0:0:ffff:cb00:7109", "203.0.113.9"],
  ["2001:DB8::1", "2001:db8::1"],
  ["2001:db8:0:0:0:0:0:1", "2001:db8::1"],
  ["2001:0db8::0001%eth0", "2001:db8::1"],
  ["::", "::"],
  ["::1", "::1"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["unknown", "unknown"],
])("%s is spelt %s", (typed, plain) => {
  expect(plainAddress(typed)).toBe(plain);
});

const names = (address: string) => networksOf(address).map(({ name }) => name);

test("an IPv4 address is counted by itself and with its /24, in whatever form it came", () => {
  expect(names("203.0.113.9")).toEqual(["203.0.113.9", "203.0.113.0/24"]);
  expect(names("::ffff:cb00:7109")).toEqual(names("203.0.113.9"));
});

test("an IPv6 address is counted with its /64, /56 and /48", () => {
  expect(names("2001:db8:1:2ff::9")).toEqual(["2001:db8:1:2ff::/64", "2001:db8:1:200::/56", "2001:db8:1:0::/48"]);
  expect(names("2001:db8:1:2ff:9::")[0]).toBe("2001:db8:1:2ff::/64");
  expect(names("2001:db8:1:ffff::1").slice(1)).toEqual(["2001:db8:1:ff00::/56", "2001:db8:1:0::/48"]);
  expect(names("2001:db8:2::1").at(-1)).toBe("2001:db8:2:0::/48");
});

test("what is no address is one network of its own", () => {
  for (const text of ["unknown", "", "1.2.3", "2001:db8::1::2", "1:2:3"]) expect(names(text)).toEqual(["unknown"]);
});
