import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// The raw limit of anything served by Node on this machine: an answer that is ready. Ends with its standard input.

const body = Buffer.alloc(1_024, "daybook ");
const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/plain" }).end(body));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.stdin.on("end", () => process.exit()).resume();
