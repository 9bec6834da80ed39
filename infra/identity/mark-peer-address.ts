import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** The request header that carries the other end of the connection, put there by this process and never taken from a client. */
export const peerHeader = "x-daybook-peer";

const slot = Symbol.for("daybook.peer.1");
type Holder = { [slot]?: true };

/**
 * Notes on every incoming request whom the connection is with. Next fills `x-forwarded-for` only when the client did not write one,
 * so without this a client could choose the address it is throttled by. More calls do nothing.
 */
export function markPeerAddresses(): void {
  const holder = globalThis as Holder;
  if (holder[slot]) return;
  holder[slot] = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerHeader] = request.socket.remoteAddress ?? "unknown";
  });
}
