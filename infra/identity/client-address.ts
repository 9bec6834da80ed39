import type { Networks } from "@/infra/config/networks";
import { plainAddress } from "@/infra/identity/network-of";

export type AddressFacts = {
  /** The other end of the connection. */
  peer: string | undefined;
  forwardedFor: string | undefined;
  /** Whose word about their clients is taken, beside that of this machine. */
  proxies?: Networks | undefined;
};

/**
 * The address a request came from: the connection's other end or, where that is a proxy that is believed, whom it speaks for, and so on back
 * to the first that is none. What stands further left in the header is whatever a client wrote.
 */
export function clientAddress({ peer, forwardedFor, proxies }: AddressFacts): string {
  const isBelieved = (address: string) => isLoopback(address) || (proxies?.has(address) ?? false);
  const hops = (forwardedFor ?? "").split(",").map((hop) => plainAddress(hop.trim()));
  let address = plainAddress(peer ?? "unknown");
  while (isBelieved(address)) {
    const hop = hops.pop();
    if (!hop || !/^[0-9a-f.:]{2,45}$/.test(hop)) break;
    address = hop;
  }
  return address;
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
