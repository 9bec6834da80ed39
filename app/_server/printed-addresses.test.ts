import { expect, test } from "vitest";
import { addressesOf, hostProblem, isLoopback } from "@/infra/config/addresses";
import { readEnv } from "@/infra/config/env";
import { isOwnOrigin } from "./request-origin";

const machine = ["192.168.1.5", "2001:db8::5"];
const at = (host: string, { port = 3000, stated }: { port?: number; stated?: string } = {}) =>
  addressesOf({ host, port, stated, machine });

/** Whether a form that a browser sends from its page at this address is taken. */
function isTaken(address: string, { origins, onlyThese }: ReturnType<typeof at>): boolean {
  const { origin, host } = new URL(address);
  return isOwnOrigin({ origin, host, origins, isSet: onlyThese });
}

test.each([
  ["127.0.0.1", "http://127.0.0.1:3000"],
  ["127.0.0.2", "http://127.0.0.2:3000"],
  ["localhost", "http://localhost:3000"],
  ["LOCALHOST", "http://localhost:3000"],
  ["::1", "http://[::1]:3000"],
  ["0:0:0:0:0:0:0:1", "http://[::1]:3000"],
  ["::ffff:127.0.0.1", "http://[::ffff:7f00:1]:3000"],
  ["0.0.0.0", "http://127.0.0.1:3000"],
  ["::", "http://localhost:3000"],
  ["192.168.1.5", "http://192.168.1.5:3000"],
  ["2001:db8::5", "http://[2001:db8::5]:3000"],
  ["::ffff:192.168.1.5", "http://[::ffff:c0a8:105]:3000"],
  ["bank.lan", "http://bank.lan:3000"],
  ["Bank.LAN", "http://bank.lan:3000"],
])("HOST=%s prints %s, and takes forms from there", (host, printed) => {
  expect(hostProblem(host)).toBeUndefined();
  const addresses = at(readEnv({ HOST: host }).host);
  expect(addresses.printed).toBe(printed);
  for (const one of [printed, ...addresses.alsoAt]) expect(isTaken(one, addresses), one).toBe(true);
  expect(isTaken("http://evil.example:3000", addresses)).toBe(!addresses.onlyThese); // its own host: where others may reach us by any name
});

test.each(["127.0.0.1", "127.0.0.2", "::1", "localhost", "::ffff:127.0.0.1"])(
  "HOST=%s takes forms of this machine alone",
  (host) => {
    const addresses = at(host);
    expect([isLoopback(host), addresses.onlyThese, addresses.listensEverywhere]).toEqual([true, true, false]);
    for (const name of ["127.0.0.1", "localhost", "[::1]"]) expect(isTaken(`http://${name}:3000`, addresses)).toBe(true);
    expect(isTaken("http://127.0.0.1:3001", addresses)).toBe(false);
  },
);

test.each(["127.evil.example", "0.0.0.0", "::", "192.168.1.5", "localhost.example", "::ffff:192.168.1.5"])(
  "HOST=%s reaches beyond this machine",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test("a server that listens everywhere says so, with addresses that others can type", () => {
  expect(at("0.0.0.0")).toMatchObject({ listensEverywhere: true, alsoAt: ["http://192.168.1.5:3000"] });
  expect(at("::")).toMatchObject({ listensEverywhere: true, alsoAt: ["http://192.168.1.5:3000", "http://[2001:db8::5]:3000"] });
});

test.each([
  ["https://bank.example", "https://bank.example"],
  ["https://bank.example/", "https://bank.example"],
  ["HTTPS://Bank.Example", "https://bank.example"],
  ["https://bank.example:443", "https://bank.example"],
  ["https://bank.example:8443/", "https://bank.example:8443"],
  ["http://[::1]:8080", "http://[::1]:8080"],
])("DAYBOOK_ORIGIN=%s prints %s, takes forms from there and from nowhere else", (stated, printed) => {
  const { statedOrigin } = readEnv({ DAYBOOK_ORIGIN: stated });
  const addresses = at("127.0.0.1", { ...(statedOrigin && { stated: statedOrigin }) });
  expect(addresses).toMatchObject({ printed, listensAt: "http://127.0.0.1:3000" });
  expect(isTaken(printed, addresses)).toBe(true);
  expect(isTaken("http://127.0.0.1:3000", addresses)).toBe(false);
});

test("the port of the scheme is in no origin: browsers leave it out", () => {
  const addresses = at("127.0.0.1", { port: 80 });
  expect(addresses.printed).toBe("http://127.0.0.1");
  expect(isTaken("http://127.0.0.1", addresses)).toBe(true);
});
