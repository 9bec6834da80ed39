import { expect, test } from "vitest";
import { clientAddress } from "@/infra/identity/client-address";

test("a client from elsewhere is where its connection comes from, whatever it writes", () => {
  expect(clientAddress({ peer: "203.0.113.9", forwardedFor: "10.1.1.1" })).toBe("203.0.113.9");
});

test("a proxy on this machine is believed about its own client, and about no earlier entry", () => {
  expect(clientAddress({ peer: "127.0.0.1", forwardedFor: "1.2.3.4, 203.0.113.9" })).toBe("203.0.113.9");
  expect(clientAddress({ peer: "::ffff:127.0.0.1", forwardedFor: "::ffff:203.0.113.9" })).toBe("203.0.113.9");
});

test("nonsense in the header changes nothing", () => {
  expect(clientAddress({ peer: "::1", forwardedFor: "a\nb" })).toBe("::1");
  expect(clientAddress({ peer: undefined, forwardedFor: undefined })).toBe("unknown");
});
