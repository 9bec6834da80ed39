import { connect, createServer, type Socket } from "node:net";

type Pair = { client: Socket; server: Socket };

/** Between one application process and PostgreSQL: a network that loses connections, answers and patience. */
export async function startProxy(target: number, { host = "127.0.0.1" } = {}) {
  const pairs = new Set<Pair>();
  let swallowing = false;
  let refusing = false;

  const listener = createServer((client) => {
    if (refusing) return void client.on("error", () => {}).destroy();
    const server = connect(target, "127.0.0.1");
    const pair = { client, server };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end).setNoDelay(true);
    client.on("data", (bytes) => server.write(bytes));
    server.on("data", (bytes) => swallowing || client.write(bytes));
  });
  await new Promise<void>((listening) => listener.listen(0, host, listening));
  const address = listener.address();
  if (!address || typeof address === "string") throw new Error("the proxy was given no port");

  const cut = () => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  return {
    port: address.port,
    /** Its own ports towards PostgreSQL, by which that knows the connections. */
    outgoing: (): readonly number[] => [...pairs].flatMap(({ server }) => server.localPort ?? []),
    cut,
    /** Nothing passes in either direction until `flow`. */
    stall(): void {
      for (const pair of pairs) for (const socket of [pair.client, pair.server]) socket.pause();
    },
    flow(): void {
      swallowing = false;
      refusing = false;
      for (const pair of pairs) for (const socket of [pair.client, pair.server]) socket.resume();
    },
    /** Nobody gets through any more who comes anew. Ends with `flow`. */
    refuse(): void {
      refusing = true;
    },
    /** What the server answers is lost from now on: the most treacherous moment to be cut off at. Ends with `flow`, after a `cut`. */
    swallow(): void {
      swallowing = true;
    },
    close(): void {
      cut();
      listener.close();
    },
  };
}
