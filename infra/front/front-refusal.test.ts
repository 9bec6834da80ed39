import { expect, test } from "vitest";
import { frontRefusal, withoutHost } from "./front-refusal";

const status = (method: string, target: string) => frontRefusal(method, target)?.status;

test.each(["/accounts/acc_%F0%28", "/accounts/%E0%A4%A", "/%", "/%zz", "*", "", "?x"])(
  "an address that cannot be read is refused in words: %s",
  (target) => expect(status("GET", target)).toBe(400),
);

test("a percent sign of a query is no matter of the address, and an encoded one can be read", () => {
  for (const target of ["/sign-in?returnTo=%E0%A4%A", "/a%00b", "/accounts/%F0%9F%92%B6", "http://bank.example/sign-in"])
    expect(status("GET", target)).toBeUndefined();
});

test.each(["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"])("%s is asked of nothing here", (method) => {
  for (const target of ["/sign-in", "/api/health", "/favicon.ico", "/_next/static/x.js"])
    expect(frontRefusal(method, target)).toMatchObject({ status: 405, allow: expect.stringContaining("GET") });
});

test.each([
  ["/accounts?x=//y", "/accounts?x=//y"],
  ["http://evil.example/accounts?x=1", "/accounts?x=1"],
  ["HTTPS://evil.example:1", "/"],
  ["http://evil.example/a/../b%2fc#d", "/b%2fc"],
])("of a whole address only path and query are asked for: %s", (target, path) => expect(withoutHost(target)).toBe(path));

test.each(["ftp://evil.example/x", "evil.example:443", "javascript:alert(1)", "http://", "accounts"])(
  "what is no address of a page is refused: %s",
  (target) => expect(status("GET", target)).toBe(400),
);

test("a form goes to pages and routes, and to no file", () => {
  for (const page of ["/sign-in", "/accounts/acc_1/deposit?x=a.b", "/api/projections/run"])
    expect(status("POST", page)).toBeUndefined();
  for (const file of ["/favicon.ico", "/icon.svg?x", "/_next/static/chunks/x.js", "/robots.txt"])
    expect(status("POST", file)).toBe(405);
});

test("the page that Next keeps for errors of ours is not there for whoever asks for it", () => {
  expect(status("GET", "/_global-error")).toBe(404);
});
