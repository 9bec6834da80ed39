/**
 * The address a request came from. `peer` is the other end of the connection. Only a proxy on this machine is believed about whom it
 * speaks for, and only its own entry, the last: earlier ones are whatever the client wrote.
 */
export function clientAddress(request: { peer: string | undefined; forwardedFor: string | undefined }): string {
  const peer = plain(request.peer ?? "unknown");
  if (!isLoopback(peer)) return peer;
  const last = request.forwardedFor?.split(",").at(-1)?.trim();
  return last && /^[0-9a-f.:]{2,45}$/i.test(last) ? plain(last) : peer;
}

/** IPv4 mapped into IPv6 is the same address. */
function plain(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "");
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
