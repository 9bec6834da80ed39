import { createPool } from "@/infra/postgres/connect";
import { oneLogin } from "@/infra/postgres/roles/database-roles";
import { createRuntime } from "@/infra/runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import { accountBalances } from "@/projections/account-balances/projection";
import { accountEntries } from "@/projections/account-entries/projection";
import { eventsOfFull, eventsOfSmoke, openBook } from "./as-of";
import { ensureBigBook } from "./as-of-book";
import type { BenchOptions, Figure } from "./figure";
import { follow } from "./grown-book";
import { interleaved, type Series } from "./interleaved";
import { readPages } from "./read-pages";
import { rebuildOne, workers } from "./rebuild";
import { timed } from "./timed";

/**
 * The two read models that a posting waits for, made anew beside the live ones from the ten million events of the book that `as-of` keeps: fold,
 * indexes, comparison row by row and swap. Once: it takes a quarter of an hour.
 */
export async function benchRebuildBig({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const { url, stop } = await openBook({ server, smoke }, "rebuild_big");
  const owner = createPool(url, { name: "daybook bench" });
  const runtime = createRuntime({ urls: oneLogin(url), keys: testSecrets });
  try {
    await ensureBigBook(owner, smoke ? eventsOfSmoke : eventsOfFull);
    await follow(runtime); // another benchmark may have added to it
    const { rows } = await owner.query<{ events: number }>("select count(*)::int as events from events");
    const events = rows[0]?.events ?? 0;
    const facts = { unit: "events/s", rows: events, durable: true, smoke } as const;
    const raw: Series = { ...facts, name: "rebuild-big.raw", clients: 1, run: () => timed(events, () => readPages(owner)) };
    const rebuilds = [accountBalances, accountEntries].map(({ name }): Series => {
      const run = () => timed(events, () => rebuildOne(runtime, name, events));
      return { ...facts, name: `rebuild-big.${name}`, clients: workers, over: { raw: raw.name }, run };
    });
    return await interleaved([raw, ...rebuilds], 1);
  } finally {
    await runtime.close();
    await owner.end();
    await stop();
  }
}
