import { connect, type Socket } from "node:net";
import type { AttackedBank } from "./attacked-bank";
import { attack, type Part } from "./part";

const count = 60;
const byteEveryMs = 2_000;
const asksBeside = 10;
/** The server ends them within a minute by itself; this is against hanging alone. */
const endMsMax = 5 * 60_000;

/** Connections that send a byte now and then: others are served meanwhile, and the server ends the slow ones by itself. */
export const slowSenders: Part = {
  name: "slow bodies and headers",
  begin: beginSlowly,
};

/** The rest of the run goes on while they are open: their end is waited for last. */
async function beginSlowly(bank: AttackedBank) {
  const served = attack(`others are served while ${count} send slowly`);
  const ended = attack("slow senders are ended by the server");
  const slow = openSlowly(bank.origin);
  await slow.connected;
  await bank.as("nobody").get("/api/health");
  served.expect(slow.open() === count, `${count - slow.open()} of ${count} slow senders were refused at once`);
  for (let i = 0; i < asksBeside; i += 1) {
    const { status } = await bank.as("holder").get("/accounts");
    served.expect(status === 200, `GET /accounts beside slow senders → ${status}`);
  }
  return async () => {
    const left = await slow.ended();
    ended.expect(left === 0, `${left} of ${count} slow senders were never ended`);
    return [served.finding(), ended.finding()];
  };
}

/** Opens connections that promise a form or headers, and trickle until the server ends them or the run does. */
function openSlowly(origin: string) {
  const { hostname, port, host } = new URL(origin);
  if (hostname !== "127.0.0.1") throw new Error(`an attack goes to 127.0.0.1 alone, not to ${hostname}`);
  const open = new Set<Socket>();
  let none: () => void = () => {};
  const allEnded = new Promise<void>((resolve) => {
    none = resolve;
  });
  const allConnected: Promise<unknown>[] = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect({ host: hostname, port: Number(port) });
    const ended = () => {
      open.delete(socket);
      if (open.size === 0) none();
    };
    open.add(socket);
    allConnected.push(new Promise((resolve) => socket.once("connect", resolve).once("close", resolve)));
    socket.on("error", ended).on("close", ended).resume();
    const promise = `Origin: ${origin}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 7000\r\n\r\n`;
    socket.write(`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\n${i % 2 === 0 ? promise : "X-Slow: "}`);
  }
  const trickle = setInterval(() => {
    for (const socket of open) socket.write("a");
  }, byteEveryMs);
  return {
    connected: Promise.all(allConnected),
    open: () => open.size,
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
