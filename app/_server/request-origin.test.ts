import { expect, test } from "vitest";
import { isOwnOrigin } from "./request-origin";

const local = { host: "127.0.0.1:3000", origins: ["http://127.0.0.1:3000", "http://localhost:3000"], isSet: false };
const set = { host: "bank.example", origins: ["https://bank.example"], isSet: true };

test("a form of our own page is accepted", () => {
  expect(isOwnOrigin({ ...local, origin: "http://127.0.0.1:3000" })).toBe(true);
  expect(isOwnOrigin({ ...set, origin: "https://bank.example" })).toBe(true);
});

test("where no origin was set, the host that was asked counts", () => {
  expect(isOwnOrigin({ ...local, host: "192.168.1.5:3000", origin: "http://192.168.1.5:3000" })).toBe(true);
  expect(isOwnOrigin({ ...local, host: "192.168.1.5:3000", origin: "http://192.168.1.6:3000" })).toBe(false);
});

test.each([
  null,
  "",
  "null",
  "https://evil.example",
  "http://127.0.0.1:3001",
  "http://127.0.0.1:3000.evil.example",
  "http://127.0.0.1:3000/",
  "javascript://127.0.0.1:3000",
  "nonsense",
])("%s is refused", (origin) => {
  expect(isOwnOrigin({ ...local, origin })).toBe(false);
});

test("an origin that was set leaves no other, whatever host was asked", () => {
  expect(isOwnOrigin({ ...set, host: "evil.example", origin: "https://evil.example" })).toBe(false);
  expect(isOwnOrigin({ ...set, origin: "http://bank.example" })).toBe(false);
});
