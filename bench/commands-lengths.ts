import type { AccountId } from "@/domain/ids";
import { deposit, give } from "@/infra/testing/test-bank";
import { fillByCommands } from "./book-by-commands";
import { closedLoop } from "./closed-loop";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { type OwnBank, ownBank } from "./own-bank";
import { openPeers } from "./stores/open-peers";
import type { PeerStore } from "./stores/peer-store";

const clients = 16;
const shortPerRound = 1_001; // up to here a new account in each round: the round itself makes it longer

/**
 * Commands/s on one hot account that already holds 0, 1,000 and 100,000 events (`rows`): flat, since its state is kept. Peers read the whole
 * stream again for each try, hence the two shorter lengths for them.
 */
export async function benchCommandsByLength({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [rounds, seconds, lengths] = smoke ? [1, 0.2, [0, 100, 500]] : [3, 2, [0, 1_000, 100_000]];
  const bank = await ownBank(server);
  const peers = openPeers(server);
  try {
    const shared = { unit: "1/s", clients, seconds, durable: true, smoke } as const;
    const own = await Promise.all(
      lengths.map(async (rows): Promise<Series> => {
        const run = await hotAccount(bank, rows, seconds);
        const over = {
          empty: "commands.hot.from-0",
          ...Object.fromEntries(peers.all.map(({ name }) => [name, `commands.${name}.hot.from-${rows}`])),
        };
        return { ...shared, name: `commands.hot.from-${rows}`, rows, over, run };
      }),
    );
    const others = peers.all.flatMap(({ name, get }) =>
      lengths.slice(0, 2).map((rows): Series => {
        const run = async () => hotStream(await get(), rows, seconds);
        return { ...shared, name: `commands.${name}.hot.from-${rows}`, rows, peer: true, run };
      }),
    );
    return await interleaved([...others, ...own], rounds);
  } finally {
    await peers.close();
    await bank.close();
  }
}

async function hotAccount({ runtime }: OwnBank, events: number, seconds: number): Promise<Series["run"]> {
  const fill = () => fillByCommands(runtime, { events: events + 1, accounts: 1 }); // its opening is an event, too
  const long = events >= shortPerRound ? await fill() : undefined;
  return async () => {
    const { accounts, actor } = long ?? (await fill());
    const accountId = accounts[0] as AccountId;
    return closedLoop(clients, seconds, async () => {
      const { kind } = await give(deposit(accountId, 100n, "groceries at the corner"), { runtime, actor });
      if (kind !== "done") throw new Error(kind);
    });
  };
}

async function hotStream({ newStream, seed, command }: PeerStore, events: number, seconds: number) {
  const stream = newStream();
  if (events > 0) await seed(stream, events);
  return closedLoop(clients, seconds, () => command(stream));
}
