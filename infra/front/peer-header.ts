import { randomBytes } from "node:crypto";

const slot = Symbol.for("daybook.peer-header.1");
type Holder = { [slot]?: string };

/**
 * The request header in which the front notes the other end of the connection. Its name is random in each process, so
 * that no client can write it. On globalThis: Next loads a module up to three times in one process.
 */
export function peerHeader(): string {
  const holder = globalThis as Holder;
  holder[slot] ??= `x-daybook-peer-${randomBytes(12).toString("hex")}`;
  return holder[slot];
}
