import type { BenchServer } from "../bench-server";
import { castoreStore } from "./castore";
import { emmettStore } from "./emmett";
import { evtstoreStore } from "./evtstore";
import { onFirstUse } from "./on-first-use";
import type { PeerName, PeerStore } from "./peer-store";

const openers: Record<PeerName, (url: string) => Promise<PeerStore>> = {
  emmett: emmettStore,
  evtstore: evtstoreStore,
  castore: castoreStore,
};

export const peerNames = Object.keys(openers) as PeerName[];

/** Every peer in a database of its own, opened when it is first measured. */
export function openPeers(server: BenchServer) {
  const all = peerNames.map((name) => ({ name, ...onFirstUse(async () => openers[name](await server.empty(name))) }));
  return { all, close: async () => void (await Promise.all(all.map(({ close }) => close()))) };
}
