import path from "node:path";
import { startEmbeddedPostgres } from "@/infra/embedded-postgres/embedded-postgres";
import { asAdmin, databaseUrl } from "@/infra/testing/template";
import type { BenchOptions, Figure } from "./figure";
import { type GrownBook, openGrownBook } from "./grown-book";
import { interleaved, type Series } from "./interleaved";

const smallSizes = [10_000, 100_000, 1_000_000];
const bigSize = 10_000_000; // the book that `as-of` keeps

/**
 * What a command, an answer about the past, an account's page and a projection's step cost in books of 10^4 to 10^7 events, on the same server and
 * in turn; `ratio.smallest`: to the smallest book. Always the same number of accounts is worked on, so that caches differ by nothing but size.
 */
export async function benchGrowth({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [rounds, seconds] = smoke ? [1, 0.2] : [3, 2];
  const sizes = smoke ? [1_000, 4_000] : [...smallSizes, bigSize];
  const { urlOf, stop } = smoke
    ? { urlOf: (size: number) => server.book(`growth_${size}`), stop: async () => {} }
    : await keptServer();
  const books: GrownBook[] = [];
  try {
    for (const size of sizes) books.push(await openGrownBook(await urlOf(size), size));
    return await interleaved(
      books.flatMap((book) => seriesOf(book, sizes[0] ?? 0, { seconds, smoke })),
      rounds,
    );
  } finally {
    for (const book of books) await book.close();
    await stop();
  }
}

function seriesOf(book: GrownBook, smallest: number, { seconds, smoke }: { seconds: number; smoke: boolean }): Series[] {
  const named = (what: string, clients: number, unit: Series["unit"], run: Series["run"]): Series => ({
    name: `growth.${what}.${book.size}`,
    unit,
    rows: book.size,
    clients,
    seconds,
    durable: true,
    smoke,
    over: { smallest: `growth.${what}.${smallest}` },
    run,
  });
  return [
    named("append", 16, "1/s", () => book.append(16, seconds)),
    named("as-of-balance", 1, "1/s", () => book.balanceAsOf(1, seconds)),
    named("as-of-state", 1, "1/s", () => book.stateAsOf(1, seconds)),
    named("account-page", 1, "1/s", () => book.accountPage(1, seconds)),
    named("projection-step", 1, "events/s", () => book.projectionStep()),
  ];
}

/** The smaller books live in databases beside the big one for as long as the benchmark runs. */
async function keptServer(): Promise<{ urlOf: (size: number) => Promise<string>; stop: () => Promise<void> }> {
  const own = await startEmbeddedPostgres({ home: path.resolve(".cache/bench/as-of") });
  const drop = () =>
    asAdmin(own.ownerUrl, async (admin) => {
      for (const size of smallSizes) await admin.query(`drop database if exists growth_${size} with (force)`);
    });
  await drop(); // a run that was killed left them
  return {
    async urlOf(size) {
      if (size === bigSize) return own.ownerUrl;
      await asAdmin(own.ownerUrl, (admin) => admin.query(`create database growth_${size}`));
      return databaseUrl(own.ownerUrl, `growth_${size}`);
    },
    async stop() {
      await drop();
      await own.stop();
    },
  };
}
