import { hashLogin } from "@/infra/identity/hash-login";
import { networksOf, widestNetwork } from "@/infra/identity/network-of";
import type { Counted } from "@/infra/identity/throttle-rules";

/** What a try is counted for, and what a good one does to the counts: `cleared` start from nothing, `returned` get one try back. */
export type Attempt = { counted: readonly Counted[]; cleared: readonly string[]; returned: readonly string[] };

/** From this many wrong passwords in about an hour on, a login's tries are shared out by network. */
const contestedFrom = 20;

/**
 * A try at a login from a device that is not known there. Each network has tries of its own, so that
 * guesses from elsewhere keep nobody out. Known devices have their own count: known-device.ts.
 */
export function signInAttempt(hmacKey: Buffer, email: string, address: string): Attempt {
  const login = hashLogin(hmacKey, email);
  const pressure = `login:${login}`;
  const share = `share:${login}:${widestNetwork(address).name}`;
  const gates = networkGates("address", address, 30, 900);
  return {
    counted: [
      { kind: "pressure", key: pressure, free: contestedFrom },
      { kind: "share", key: share, of: pressure, free: 5, waitSecondsMax: 900 },
      ...gates,
    ],
    cleared: [share],
    returned: [pressure, ...gates.map(({ key }) => key)],
  };
}

export function registrationAttempt(address: string): Attempt {
  return gatesAlone(networkGates("register", address, 10, 300));
}

/**
 * A request for a link. The wait for one login stays below the time that a link is valid: while a
 * stranger uses its mails up, a link that works lies in its owner's mailbox.
 */
export function resetAttempt(hmacKey: Buffer, email: string, address: string): Attempt {
  const login: Counted = { kind: "gate", key: `reset-login:${hashLogin(hmacKey, email)}`, free: 3, waitSecondsMax: 600 };
  return gatesAlone([login, ...networkGates("reset-address", address, 20, 60)]);
}

/** Counted by session: who stole one cannot keep the owner, in a session of his own, from changing the password. */
export function passwordChangeAttempt(sessionId: string): Attempt {
  return gatesAlone([{ kind: "gate", key: `change:${sessionId}`, free: 5, waitSecondsMax: 60 }]);
}

const gatesAlone = (counted: readonly Counted[]): Attempt => ({
  counted,
  cleared: [],
  returned: counted.map(({ key }) => key),
});

/** How many times the free tries of one customer a network gets. Many people are behind one /24 or /48. */
const customersIn: Readonly<Record<number, number>> = { 0: 1, 32: 1, 24: 4, 64: 1, 56: 2, 48: 4 };

function networkGates(what: string, address: string, free: number, waitSecondsMax: number): Counted[] {
  return networksOf(address).map(({ bits, name }) => ({
    kind: "gate",
    key: `${what}:${name}`,
    free: free * (customersIn[bits] ?? 1),
    waitSecondsMax,
  }));
}
