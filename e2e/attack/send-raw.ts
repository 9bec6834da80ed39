import { connect } from "node:net";
import type { Answer } from "./send";

const answerMsMax = 60_000; // against hanging only

/** Writes bytes to the server as they are, which no HTTP client would send, and reads the answer until the connection ends. */
export function sendRaw(origin: string, bytes: string | Buffer): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  if (hostname !== "127.0.0.1") throw new Error(`an attack goes to 127.0.0.1 alone, not to ${hostname}`);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect({ host: hostname, port: Number(port), timeout: answerMsMax });
    socket.setEncoding("utf8");
    const end = (why: string) => {
      socket.destroy();
      resolve(read(received, why));
    };
    socket.on("data", (text: string) => (received += text));
    socket.on("end", () => end("closed without an answer")).on("close", () => end("closed without an answer"));
    socket.on("error", (error) => end(error.message)).on("timeout", () => end(`no answer within ${answerMsMax / 1_000} s`));
    socket.write(bytes);
  });
}

function read(received: string, why: string): Answer {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const [line = "", ...fields] = head.split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0);
  if (status === 0) return { status, headers: {}, text: why };
  const headers = fields.map((field) => [
    field.slice(0, field.indexOf(":")).toLowerCase(),
    field.slice(field.indexOf(":") + 1).trim(),
  ]);
  return { status, headers: Object.fromEntries(headers), text: rest.join("\r\n\r\n") };
}
