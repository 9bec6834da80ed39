import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy before the bank, as a default nginx is: it asks by the inner name, and says nothing of the outer one. */
export async function proxyBefore(baseUrl: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const inner = new URL(baseUrl);
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = send(
      { host: inner.hostname, port: inner.port, method, path, headers: { ...headers, host: inner.host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
