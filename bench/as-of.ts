import path from "node:path";
import type { Actor } from "@/domain/access/policy";
import { type AccountId, parseAccountId } from "@/domain/ids";
import { startEmbeddedPostgres } from "@/infra/embedded-postgres/embedded-postgres";
import { newUserId } from "@/infra/ids";
import { createPool } from "@/infra/postgres/connect";
import { migrate } from "@/infra/postgres/migrate";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountAsOf } from "@/infra/time-travel/account-as-of";
import { balanceAsOf } from "@/infra/time-travel/balance-as-of";
import { accountOf, type BigBook, ensureBigBook } from "./as-of-book";
import { closedLoop } from "./closed-loop";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { warm } from "./warm";

export const eventsOfFull = 10_000_000;
export const eventsOfSmoke = 10_000;
const clientsMax = 16;

/**
 * Balance and full state as of a random moment of a big book: questions/s and how long they take, medians of interleaved rounds, beside
 * `select 1` on the same connections: what the machine itself takes at that moment. The book of the full run stays in `.cache/bench`.
 */
export async function benchAsOf({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const rounds = smoke ? 1 : 3;
  const seconds = smoke ? 0.3 : 3;
  const { url, stop } = await openBook({ server, smoke });
  const pool = createPool(url, { max: clientsMax, name: "daybook bench" });
  try {
    const book = await ensureBigBook(pool, smoke ? eventsOfSmoke : eventsOfFull);
    await warm(pool);
    const figures: Figure[] = [];
    for (const clients of [1, clientsMax]) {
      const asked: [string, Ask][] = [["as-of.raw", () => pool.query("select 1")], ...questions(pool, book)];
      const facts = {
        unit: "1/s",
        rows: book.events,
        clients,
        seconds,
        durable: true,
        smoke,
        over: { raw: "as-of.raw" },
      } as const;
      const all = asked.map(([name, ask]): Series => ({ ...facts, name, run: () => closedLoop(clients, seconds, ask) }));
      figures.push(...(await interleaved(all, rounds)));
    }
    return figures;
  } finally {
    await pool.end();
    await stop();
  }
}

type Ask = () => Promise<unknown>;

function questions(pool: ReturnType<typeof createPool>, book: BigBook): [name: string, ask: Ask][] {
  const auditor: Actor = { userId: newUserId(), partyId: null, role: "auditor", authStrength: "password" };
  const moment = () => new Date(book.firstAt.getTime() + Math.random() * (book.lastAt.getTime() - book.firstAt.getTime()));
  const any = () => 2 + Math.floor(Math.random() * (book.accounts - 2));
  const balance = (account: () => number) => async () => {
    const { source } = await balanceAsOf(pool, idOf(account()), moment());
    if (source !== "entries") throw new Error(`answered from the ${source}`);
  };
  const state = (account: () => number) => async () => {
    const at = { kind: "time", t: moment() } as const;
    const answer = await accountAsOf({ pool, keys: testSecrets }, auditor, { accountId: idOf(account()), at });
    if (answer?.kind !== "answer" || answer.entriesBalance.kind !== "equal") throw new Error("a wrong answer");
    if (answer.eventsFolded > 100) throw new Error(`${answer.eventsFolded} events folded: no snapshot was used`);
  };
  return [
    ["as-of.balance.any", balance(any)],
    ["as-of.balance.busiest", balance(() => 0)],
    ["as-of.state.any", state(any)],
    ["as-of.state.busy", state(() => 1)],
    ["as-of.state.busiest", state(() => 0)],
  ];
}

function idOf(account: number): AccountId {
  const id = parseAccountId(accountOf(account));
  if (!id) throw new Error("malformed");
  return id;
}

type Opened = { url: string; stop: () => Promise<void> };

/** The server and the place of the big book: the kept one, in a smoke run a small one of the run's own. */
export async function openBook({ server, smoke }: BenchOptions, name = "as_of"): Promise<Opened> {
  return smoke ? { url: await server.book(name), stop: async () => undefined } : openKept();
}

async function openKept(): Promise<Opened> {
  const own = await startEmbeddedPostgres({ home: path.resolve(".cache/bench/as-of") });
  await migrate(own.ownerUrl, { book: { keys: testSecrets } });
  return { url: own.ownerUrl, stop: own.stop };
}

/** Makes the book of the full run, unless it is there: half an hour and 12 GB. */
export async function prepareBigBook(): Promise<void> {
  const { url, stop } = await openKept();
  const pool = createPool(url, { name: "daybook bench" });
  try {
    await ensureBigBook(pool, eventsOfFull);
  } finally {
    await pool.end();
    await stop();
  }
}
