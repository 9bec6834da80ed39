import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

test("scripts need the nonce, and only style attributes may be inline", () => {
  const policy = contentSecurityPolicy("abc", { isDevelopment: false });
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("style-src-elem 'self' 'nonce-abc';");
  expect(policy.match(/'unsafe-[a-z]+'/g)).toEqual(["'unsafe-inline'"]);
  expect(policy).toContain("style-src-attr 'unsafe-inline'");
});
