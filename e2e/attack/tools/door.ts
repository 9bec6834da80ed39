import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AttackedBank, Role } from "../attacked-bank";

export type Door = Awaited<ReturnType<typeof openDoor>>;

const bodyBytesMax = 1_000_000;
/** Forms by which somebody signs in as another, or out: behind this door the same person stands until it is shut. */
const ofIdentity = /^\/(sign-in|sign-out|register|reset-password|change-password)(\/|\?|$)/;
/** What the tool's own connection to the door says, and what the door says better. */
const notPassedOn = ["host", "cookie", "origin", "connection", "content-length", "transfer-encoding", "accept-encoding", "te"];

/**
 * A door to the bank for a program that knows no sessions: on 127.0.0.1 alone, it counts and bounds what comes through it, signs in whoever
 * comes as `role`, says that forms come from the bank's own page, and watches every answer.
 */
export async function openDoor(bank: AttackedBank, { role, requestsMax }: { role: Role; requestsMax: number }) {
  const cookies = role === "nobody" ? new Map<string, string>() : (await bank.signedIn(bank.emailOf(role))).cookies;
  let requests = 0;
  const answers = new Map<string, number>();
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/" } = request;
    const body = await bodyOf(request);
    requests += 1;
    if (requests > requestsMax || body === undefined) return void request.destroy();
    const isForm = method === "POST";
    if (role !== "nobody" && ofIdentity.test(url) && isForm) return void response.writeHead(404).end();
    const passed = Object.entries(request.headers).filter(([name]) => !notPassedOn.includes(name));
    const headers = Object.fromEntries(passed.map(([name, value]) => [name, String(value)]));
    const asked = { method, path: sendable(url), headers: { ...headers, ...(isForm && { origin: bank.origin }) } };
    const answer = await bank.visitor(cookies).request(isForm ? { ...asked, body: withoutFileNames(body) } : asked);
    const kind = `${method} ${answer.status}`;
    answers.set(kind, (answers.get(kind) ?? 0) + 1);
    if (answer.status === 0) return void request.destroy();
    const { "content-length": _, "transfer-encoding": __, connection: ___, ...told } = answer.headers;
    response
      .writeHead(answer.status, { ...told, ...(told.location && { location: atDoor(told.location) }) })
      .end(withoutFiles(answer.text));
  };
  const server = http.createServer((request, response) => void pass(request, response).catch(() => request.destroy()));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const atDoor = (location: string) => location.replace(bank.origin, address);
  return {
    address,
    requests: () => requests,
    /** How many answers of each kind it passed on: "GET 200" and so on. */
    answers: (): ReadonlyMap<string, number> => answers,
    close: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A page as it is without scripts and styles: built files have no fields, and a tool that finds them spends its time there. */
const withoutFiles = (page: string) => page.replaceAll(/<script.*?<\/script>|<link[^>]*>/gs, "");

/** Python's requests gives every field of a form in parts a file name, which no page of ours sends: such a form would reach no action. */
function withoutFileNames(body: Buffer): Buffer {
  const heads = /^(content-disposition: form-data; name="[^"]*"); filename="[^"]*"/gim;
  return Buffer.from(body.toString("latin1").replace(heads, "$1"), "latin1");
}

/** Node sends no address with spaces or letters beyond ASCII. */
const sendable = (url: string) => url.replace(/[^\x21-\x7e]/g, (letter) => encodeURIComponent(letter));
