import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startProxy } from "@/soak/proxy";

/**
 * A network between the server and its database that the tests take away and give back: `POST /away`, `POST /back` at `control`. `url` is the
 * database's, by way of it.
 */
export async function startNetwork(databaseUrl: string): Promise<{ url: string; control: string; close(): void }> {
  const direct = new URL(databaseUrl);
  const proxy = await startProxy(Number(direct.port));
  const by: Readonly<Record<string, () => void>> = {
    "/away": () => {
      proxy.refuse();
      proxy.cut();
    },
    "/back": proxy.flow,
  };
  const control = createServer((request, response) => {
    const act = request.method === "POST" ? by[request.url ?? ""] : undefined;
    act?.();
    response.writeHead(act ? 204 : 404).end();
  });
  await new Promise<void>((listening) => control.listen(0, "127.0.0.1", listening));
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${proxy.port}`;
  return {
    url: url.href,
    control: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    close() {
      proxy.close();
      control.closeAllConnections();
      control.close();
    },
  };
}
