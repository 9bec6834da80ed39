import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { frontRefusal, withoutHost } from "./front-refusal";
import { peerHeader } from "./peer-header";
import { headersFor } from "./security-headers";

const slot = Symbol.for("daybook.front.1");
type Holder = { [slot]?: true };
type Started = { request: IncomingMessage; response: ServerResponse; server: Server };

/** A sender of headers or of a whole body that takes longer is ended. Answers may take as long as they like. */
const headersMsMax = 15_000;
const requestMsMax = 30_000;
/** Every open page holds one for its live stream. */
const connectionsMax = 4_000;

/**
 * Stands in front of Next in this process: notes whom a connection is with, puts the security headers on every answer,
 * refuses what Next would answer with a bare error, and bounds slow senders. Next hands out no server, so the first
 * request brings it, by Node's own announcement. More calls do nothing.
 */
export function standInFront(origin: string): void {
  const holder = globalThis as Holder;
  if (holder[slot]) return;
  holder[slot] = true;
  const headers = headersFor(origin);
  const known = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as Started;
    request.headers[peerHeader()] = request.socket.remoteAddress ?? "unknown";
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (known.has(server)) return;
    known.add(server);
    bound(server);
    refuseBefore(server);
    server.on("clientError", (error, socket) => answerGarbled(error, socket, headers));
  });
}

function bound(server: Server): void {
  server.headersTimeout = headersMsMax;
  server.requestTimeout = requestMsMax;
  server.maxConnections = connectionsMax;
}

/** Whoever listened for requests is handed those that are not refused. */
function refuseBefore(server: Server): void {
  const behind = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    const refusal = frontRefusal(request.method ?? "", request.url ?? "");
    if (!refusal) {
      request.url = withoutHost(request.url ?? "");
      for (const listener of behind) listener.call(server, request, response);
      return;
    }
    const { status, text, allow } = refusal;
    response.writeHead(status, {
      "cache-control": "no-store",
      "content-type": "text/plain; charset=utf-8",
      ...(allow && { allow }),
    });
    response.end(`${text}\n`);
  });
}

const garbled: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What Node's parser refuses never becomes a request: the answer is written by hand, with the same headers. */
function answerGarbled(error: NodeJS.ErrnoException, socket: Duplex, headers: Readonly<Record<string, string>>): void {
  if (error.code === "ECONNRESET" || !socket.writable || isAnswered(socket)) {
    socket.destroy();
    return;
  }
  const status = garbled[error.code ?? ""] ?? 400;
  const lines = Object.entries({ ...headers, "cache-control": "no-store", "content-length": "0", connection: "close" });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${head.join("\r\n")}\r\n\r\n`);
}

/** A second answer in the middle of one would be read as a part of it. Node keeps the answer under way on the socket. */
function isAnswered(socket: Duplex): boolean {
  const { _httpMessage: underWay } = socket as { _httpMessage?: ServerResponse };
  return underWay?.headersSent === true;
}
