import diagnostics from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

type Started = { response: ServerResponse; server: Server };

/** Counts the HTTP requests of this process that are being answered, by Node's own announcements: Next hands out no server. */
export function watchRequests(): { stopListening(): void; idle(waitMsMax: number): Promise<boolean> } {
  let open = 0;
  const servers = new Set<Server>();
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { response, server } = message as Started;
    open += 1;
    servers.add(server);
    response.once("close", () => {
      open -= 1;
    });
  });
  return {
    stopListening: () => {
      for (const server of servers) server.close();
    },
    idle: async (waitMsMax) => {
      const end = Date.now() + waitMsMax;
      while (open > 0 && Date.now() < end) await sleep(10);
      return open === 0;
    },
  };
}
