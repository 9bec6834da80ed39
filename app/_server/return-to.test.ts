import { expect, test } from "vitest";
import { ownPath } from "./return-to";

test.each([
  "/",
  "/accounts",
  "/accounts/acc_1?tab=timeline&at=2026-03-01T00%3A00%3A00Z",
  "/a#b",
  "/x?u=https://evil.example",
  "/sign-inside",
])("%s is ours", (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\u0000/accounts",
  "https://evil.example",
  "javascript:alert(1)",
  "accounts",
  "",
  " /accounts",
  "/a\\b",
  "/.//evil.example",
  "/x/..//evil.example",
  "/\u202eaccounts",
  `/${"a".repeat(2_000)}`,
  "/sign-in?returnTo=/accounts",
  "/sign-out",
  "/reset-password/abc",
  undefined,
  null,
  ["/accounts"],
])("%j leads to the start page instead", (path) => {
  expect(ownPath(path)).toBe("/");
});
