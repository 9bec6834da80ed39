import { expect, test } from "vitest";
import { parseNetworks } from "@/infra/config/networks";
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

test("proxies that were named are believed, each about the one before it, up to the first that was not", () => {
  const proxies = parseNetworks("10.0.0.0/8");
  const behind = (forwardedFor: string) => clientAddress({ peer: "10.0.0.2", forwardedFor, proxies });
  expect(behind("203.0.113.9")).toBe("203.0.113.9");
  expect(behind("6.6.6.6, 203.0.113.9, 10.0.0.1")).toBe("203.0.113.9");
  expect(behind("10.9.9.9")).toBe("10.9.9.9"); // somebody inside the network
  expect(clientAddress({ peer: "11.0.0.2", forwardedFor: "203.0.113.9", proxies })).toBe("11.0.0.2");
});
