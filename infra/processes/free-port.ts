import { createServer } from "node:net";

/** A TCP port nobody listens on at this moment. */
export function freePort(host = "127.0.0.1"): Promise<number> {
  return listenOnce(0, host);
}

/** Whether this port can be listened on now. */
export async function portIsFree(port: number, host: string): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("No port was given.")),
      );
    });
  });
}
