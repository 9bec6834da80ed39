import { createPool } from "@/infra/postgres/connect";
import type { BenchServer } from "./bench-server";
import { closedLoop } from "./closed-loop";
import type { BenchOptions, Figure } from "./figure";
import { makeCustomers } from "./http/customers";
import { openRawLoads, rawNames } from "./http/raw-loads";
import { startBank } from "./http/start-bank";
import { openVisits, visitNames } from "./http/visits";
import { interleaved, type Series } from "./interleaved";

const eventsOfFull = 60; // more than an account's page and its timeline show at first

/**
 * Requests/s through HTTP and how long they take, on the built server as `npm start` runs it: an account's pages and the action that deposits,
 * asked for by as many signed-in customers as there are clients. Beside what needs no page.
 */
export async function benchHttp({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [rounds, seconds, clientCounts, events] = smoke ? [1, 0.3, [4], 10] : [3, 3, [1, 50], eventsOfFull];
  const { loads, close } = await openAll(server, { clients: Math.max(...clientCounts), events });
  try {
    const figures: Figure[] = [];
    for (const clients of clientCounts) {
      const facts = { unit: "1/s", rows: events, clients, seconds, durable: true, smoke } as const;
      const over = { bare: "http.bare", health: "http.health" };
      const all = loads.map(
        ([name, load]): Series => ({ ...facts, name: `http.${name}`, over, run: () => closedLoop(clients, seconds, load) }),
      );
      figures.push(...(await interleaved(all, rounds)));
    }
    return figures;
  } finally {
    await close();
  }
}

type Load = (client: number) => Promise<unknown>;

/** A book with customers, the bank that serves it, and everything that is asked of it. */
async function openAll(server: BenchServer, { clients, events }: { clients: number; events: number }) {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const one of closing.reverse()) await one();
  };
  try {
    const url = await server.book("http");
    const pool = createPool(url, { name: "daybook bench" });
    closing.push(() => pool.end());
    const customers = await makeCustomers(url, pool, { count: clients, events });
    const bank = await startBank(server.asApplication(url));
    closing.push(bank.stop);
    const raw = await openRawLoads(bank, clients);
    closing.push(raw.close);
    const visits: Awaited<ReturnType<typeof openVisits>>[] = [];
    for (const customer of customers) visits.push(await openVisits(bank.origin, customer)); // in turn: signing in is throttled
    closing.push(() => {
      for (const one of visits) one.close();
    });
    const visit =
      (name: (typeof visitNames)[number]): Load =>
      async (client) =>
        visits[client]?.[name]();
    const loads: [string, Load][] = [
      ...rawNames.map((name): [string, Load] => [name, raw.loads[name]]),
      ...visitNames.map((name): [string, Load] => [name, visit(name)]),
    ];
    return { loads, close };
  } catch (error) {
    await close();
    throw error;
  }
}
