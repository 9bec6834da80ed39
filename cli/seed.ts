import { parseArgs } from "node:util";
import { openBook, openServer } from "@/cli/launch/open-database";
import { seedBook } from "@/cli/launch/seed-book";
import { stopSignals } from "@/cli/launch/stop-signals";
import { tell } from "@/cli/progress";
import { env } from "@/infra/config/env";

export const usage = `
Usage: npm run daybook -- seed

Fills a demo book with its people's last eighteen months. "npm start" does the same. A seeding that was stopped goes on where it was;
a book that is filled, or that is no demo, is left alone.
`;

export async function run(args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args], options: {} });
  const { signal } = stopSignals();
  const server = await openServer(env(), { abort: signal });
  try {
    const open = await openBook(server, env(), { tell });
    const seeded = await seedBook(open, signal);
    if (seeded.kind === "seeded") console.log(`${seeded.done} events, ${seeded.refused} commands refused.`);
    else console.log(open.book.demo ? "The demo book is filled already." : "This is a real book: it takes no demo data.");
    return 0;
  } finally {
    await server.stop();
  }
}
