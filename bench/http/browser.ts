import http from "node:http";
import { gunzipSync } from "node:zlib";
import type { Form } from "./form";

export type Answer = { status: number; location: string | undefined; bytes: number; text(): string };

/**
 * A browser without scripts: one connection that is kept, cookies, compressed answers, forms sent as multipart with the page's origin.
 * It unpacks only what is read, for it shares the machine with the server that is measured.
 */
export function createBrowser(origin: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();

  async function send(method: "GET" | "POST", path: string, body?: { type: string; bytes: Buffer }): Promise<Answer> {
    const headers = {
      accept: "text/html",
      "accept-encoding": "gzip",
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ...(body && { origin, "content-type": body.type, "content-length": body.bytes.length }),
    };
    const { response, received } = await exchange(new URL(path, origin), { method, headers, agent }, body?.bytes);
    for (const line of response.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    return {
      status: response.statusCode ?? 0,
      location: response.headers.location,
      bytes: received.length,
      text: () => (response.headers["content-encoding"] === "gzip" ? gunzipSync(received) : received).toString("utf8"),
    };
  }

  return {
    get: (path: string) => send("GET", path),
    /** Sends a form to the page that it stands on, with what a person types. */
    async post(path: string, { fields }: Form, typed: Readonly<Record<string, string>>): Promise<Answer> {
      const form = new FormData();
      for (const [name, value] of new Map([...fields, ...Object.entries(typed)])) form.append(name, value);
      const packed = new Response(form);
      const bytes = Buffer.from(await packed.arrayBuffer());
      return send("POST", path, { type: packed.headers.get("content-type") ?? "", bytes });
    },
    close: () => agent.destroy(),
  };
}

export type Browser = ReturnType<typeof createBrowser>;
type Received = { response: http.IncomingMessage; received: Buffer };

/** A kept connection may be closed by the server at the moment of use: asked once more, as browsers do. */
function exchange(url: URL, options: http.RequestOptions, body: Buffer | undefined): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", () => resolve({ response, received: Buffer.concat(chunks) }))
        .on("error", reject);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === "ECONNRESET") resolve(exchange(url, options, body));
      else reject(error);
    });
    request.end(body);
  });
}
