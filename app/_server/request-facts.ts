import { headers } from "next/headers";
import { env } from "@/infra/config/env";
import { peerHeader } from "@/infra/front/peer-header";
import { clientAddress } from "@/infra/identity/client-address";

/** Set by proxy.ts on every request, over whatever the client sent: the path and query that were asked for. */
export const pathHeader = "x-daybook-path";

export type RequestFacts = { address: string; path: string; headers: Headers };

/** What the server's records say about where a request came from. */
export async function requestFacts(): Promise<RequestFacts> {
  const received = new Headers(await headers());
  return factsOf(received, received.get(pathHeader) ?? "");
}

export function factsOf(received: Headers, path: string): RequestFacts {
  const peer = received.get(peerHeader()) ?? undefined;
  const forwardedFor = received.get("x-forwarded-for") ?? undefined;
  return { address: clientAddress({ peer, forwardedFor, proxies: env().trustedProxies }), path, headers: received };
}
