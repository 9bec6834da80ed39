import { hashLogin } from "@/infra/identity/hash-login";
import type { Counted } from "@/infra/identity/throttle";

/**
 * What each kind of try is counted for. A login waits at most a minute, so that nobody can keep its owner out by failing on purpose;
 * an address waits longer, since the many people behind one address rarely fail at once.
 */
export function signInAttempt(hmacKey: Buffer, email: string, address: string): { login: Counted; address: Counted } {
  return {
    login: { key: `login:${hashLogin(hmacKey, email)}`, free: 5, waitSecondsMax: 60 },
    address: { key: `address:${networkOf(address)}`, free: 30, waitSecondsMax: 900 },
  };
}

export function registrationAttempt(address: string): Counted {
  return { key: `register:${networkOf(address)}`, free: 10, waitSecondsMax: 900 };
}

export function resetAttempt(hmacKey: Buffer, email: string, address: string): readonly Counted[] {
  return [
    { key: `reset-login:${hashLogin(hmacKey, email)}`, free: 3, waitSecondsMax: 900 },
    { key: `reset-address:${networkOf(address)}`, free: 10, waitSecondsMax: 900 },
  ];
}

export function passwordChangeAttempt(userId: string): Counted {
  return { key: `change:${userId}`, free: 5, waitSecondsMax: 60 };
}

/** One customer of an IPv6 provider holds at least a /64: count that as one address. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const missing = address.includes("::") ? Math.max(0, 8 - left.length - right.length) : 0;
  return `${[...left, ...Array<string>(missing).fill("0"), ...right].slice(0, 4).join(":")}::/64`;
}
