import type { Runtime } from "@/infra/runtime";
import { rebuildBeside } from "@/projections/rebuild-beside/rebuild-beside";
import { projections } from "@/projections/registry";
import { runOnce } from "@/projections/run-once";
import { fillByCommands } from "./book-by-commands";
import { type BenchOptions, type Figure, rounded } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { ownBank } from "./own-bank";
import { readPages } from "./read-pages";
import { timed } from "./timed";

export const workers = 2;

/**
 * Events/s of read models made anew beside the live ones, comparison row by row and swap included; `rebuild.everything`: one after the other.
 * Raw: only reading the pages of the log.
 */
export async function benchRebuild({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [events, accounts, rounds] = smoke ? [1_000, 20, 1] : [200_000, 2_000, 3];
  const bank = await ownBank(server);
  try {
    await fillByCommands(bank.runtime, { events, accounts });
    await runOnce(bank.runtime, { eventsMax: events, msMax: 600_000 });
    await bank.pool.query("vacuum (analyze)");
    const facts = { unit: "events/s", rows: events, clients: workers, durable: true, smoke } as const;
    const all: Series[] = [
      { ...facts, name: "rebuild.raw", clients: 1, run: () => timed(events, () => readPages(bank.pool)) },
      ...projections.map(({ name }): Series => {
        const run = () => timed(events, () => rebuildOne(bank.runtime, name, events));
        return { ...facts, name: `rebuild.${name}`, over: { raw: "rebuild.raw" }, run };
      }),
    ];
    const figures = await interleaved(all, rounds);
    return [...figures, together(figures, events)];
  } finally {
    await bank.close();
  }
}

/** Must end swapped, from so many events, with every row as it was. */
export async function rebuildOne(runtime: Runtime, name: string, events: number): Promise<void> {
  const reader = projections.find((one) => one.name === name);
  if (!reader) throw new Error(`no read model ${name}`);
  const { status, done, differences, firstDifference } = await rebuildBeside(runtime, reader, { workers });
  if (status !== "swapped" || differences !== 0n || done !== BigInt(events))
    throw new Error(`the rebuild of ${name} ended ${status} at ${done}, ${differences} rows differ: ${firstDifference}`);
}

function together(figures: readonly Figure[], events: number): Figure {
  const [raw, ...own] = figures;
  if (!raw || !own[0]) throw new Error("nothing was rebuilt");
  const seconds = own.reduce((sum, figure) => sum + figure.seconds, 0);
  const value = events / seconds;
  const ratio = { raw: rounded(value / (raw.value ?? Number.NaN)) };
  return { ...own[0], name: "rebuild.everything", value: rounded(value), seconds: rounded(seconds), ratio };
}
