import { newCommandId } from "@/infra/ids";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { closedLoop } from "./closed-loop";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { ownBank } from "./own-bank";
import { rawInserts } from "./raw-inserts";
import { openPeers, peerNames } from "./stores/open-peers";
import type { PeerName, PeerStore } from "./stores/peer-store";

const accountsCount = 256;

/**
 * Commands/s through dispatch (no HTTP): durable, hash chain, command row, encrypted description and triggers on. Interleaved in one run with
 * pgbench (the raw limit, where the machine has it), the bare named INSERT through `pg`, and the peers. Medians; ratios count, machines are shared.
 */
export async function benchCommands({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [rounds, seconds, clientCounts] = smoke ? [1, 0.2, [1, 16]] : [4, 2, [1, 16, 64]];
  const { url, runtime, close } = await ownBank(server);
  const peers = openPeers(server);
  try {
    const actor = customer();
    const accounts = await Promise.all(Array.from({ length: accountsCount }, () => openAccount(runtime, actor)));
    let n = 0;
    const command = (account: (n: number) => number) => async () => {
      n += 1;
      const accountId = accounts[account(n)];
      if (!accountId) throw new Error("no account");
      const asked = deposit(accountId, 100n, "groceries at the corner");
      const { kind } = await give(asked, { runtime, actor, commandId: newCommandId() });
      if (kind !== "done") throw new Error(kind);
    };
    const raw = await rawInserts(url);
    const figures: Figure[] = [];
    for (const clients of clientCounts) {
      const facts = { unit: "1/s", rows: accountsCount, clients, seconds, durable: true, smoke } as const;
      const looped = (op: () => Promise<unknown>) => () => closedLoop(clients, seconds, op);
      const all: Series[] = [
        ...raw.map(({ name, run }) => ({ ...facts, name: `commands.${name}`, run: () => run(clients, seconds), over: toRaw })),
        ...peers.all.flatMap(({ name, get }) => peerSeries(name, get, { ...facts, clients, seconds })),
        { ...facts, name: "commands.many", over: toPeers("many"), run: looped(command((i) => i % accountsCount)) },
        { ...facts, name: "commands.hot", over: toPeers("hot"), run: looped(command(() => 0)) },
      ];
      figures.push(...(await interleaved(all, rounds)));
    }
    return figures;
  } finally {
    await peers.close();
    await close();
  }
}

const toRaw = { raw: "commands.raw", pg: "commands.pg" };
const toPeers = (kind: "many" | "hot") => ({
  ...toRaw,
  ...Object.fromEntries(peerNames.map((name) => [name, `commands.${name}.${kind}`])),
});

type PeerFacts = Omit<Series, "name" | "run" | "peer" | "over"> & { seconds: number };

/** `many`: one event to a new stream. `hot`: commands on one stream, new in each round. */
function peerSeries(name: PeerName, get: () => Promise<PeerStore>, facts: PeerFacts): Series[] {
  const { clients, seconds } = facts;
  const many = async () => {
    const { append } = await get();
    return closedLoop(clients, seconds, append);
  };
  const hot = async () => {
    const { command, newStream } = await get();
    const stream = newStream();
    return closedLoop(clients, seconds, () => command(stream));
  };
  return [
    { ...facts, name: `commands.${name}.many`, peer: true, over: toRaw, run: many },
    { ...facts, name: `commands.${name}.hot`, peer: true, over: toRaw, run: hot },
  ];
}
