import { connect, type Socket } from "node:net";

const count = 60;
const byteEveryMs = 2_000;
/** The server ends them within a minute by itself; this is against hanging alone. */
const endMsMax = 5 * 60_000;

/** Opens connections that promise a form or headers, and send a byte now and then, until the server ends them or the run does. */
export function slowSenders(origin: string) {
  const { hostname, port, host } = new URL(origin);
  if (hostname !== "127.0.0.1") throw new Error(`an attack goes to 127.0.0.1 alone, not to ${hostname}`);
  const open = new Set<Socket>();
  let none: () => void = () => {};
  const allEnded = new Promise<void>((resolve) => {
    none = resolve;
  });
  for (let i = 0; i < count; i += 1) {
    const socket = connect({ host: hostname, port: Number(port) });
    const ended = () => {
      open.delete(socket);
      if (open.size === 0) none();
    };
    open.add(socket);
    socket.on("error", ended).on("close", ended).resume();
    const promise = `Origin: ${origin}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n`;
    socket.write(`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\n${i % 2 === 0 ? promise : "X-Slow: "}`);
  }
  const trickle = setInterval(() => {
    for (const socket of open) socket.write("a");
  }, byteEveryMs);
  return {
    count,
    /** Waits until the server has ended them all; returns how many it had not when the limit came. */
    async ended(): Promise<number> {
      let limit: NodeJS.Timeout | undefined;
      await Promise.race([allEnded, new Promise((resolve) => (limit = setTimeout(resolve, endMsMax)))]);
      clearTimeout(limit);
      clearInterval(trickle);
      const left = open.size;
      for (const socket of open) socket.destroy();
      return left;
    },
  };
}
