import type pg from "pg";
import { readLog } from "@/infra/event-log/read";
import type { Runtime } from "@/infra/runtime";
import { accountBalances } from "@/projections/account-balances/projection";
import { accountEntries } from "@/projections/account-entries/projection";
import { advance, EVENTS_PER_STEP_MAX } from "@/projections/advance";
import { createBoundedLead } from "@/projections/bounded-lead";
import type { LogReader } from "@/projections/log-reader";
import { logReaders } from "@/projections/registry";
import { fillByCommands } from "./book-by-commands";
import { catchUpOfPeers } from "./catch-up-of-peers";
import type { BenchOptions, Figure } from "./figure";
import { interleaved, type Series } from "./interleaved";
import { ownBank } from "./own-bank";
import { readPages } from "./read-pages";
import { timed } from "./timed";

/**
 * Events/s of readers that start at the first event: the two that a posting waits for together, each reader alone, and all at once as in a bank
 * that starts. Raw: only reading the pages in node, four columns, no object a row. The log is made by commands: hash chain, encrypted
 * descriptions and all.
 */
export async function benchCatchUp({ server, smoke }: BenchOptions): Promise<Figure[]> {
  const [events, accounts, rounds] = smoke ? [2_000, 50, 1] : [200_000, 2_000, 3];
  const { pool, runtime, close } = await ownBank(server);
  const peers = catchUpOfPeers(server, smoke);
  try {
    await fillByCommands(runtime, { events, accounts });
    await pool.query("vacuum (analyze) events");
    const facts = { unit: "events/s", rows: events, clients: 1, durable: true, smoke } as const;
    const by = (...readers: readonly LogReader[]) => ({
      over: { raw: "catch-up.raw", ...peers.over },
      run: async () => {
        await forget(pool);
        return timed(events, () => follow(runtime, readers));
      },
    });
    const all: Series[] = [
      { ...facts, name: "catch-up.raw", run: () => timed(events, () => readPages(pool)) },
      { ...facts, name: "catch-up.read", run: () => timed(events, () => readStored(pool)), over: { raw: "catch-up.raw" } },
      ...peers.series,
      { ...facts, name: "catch-up.entries+balances", ...by(accountEntries, accountBalances) },
      ...logReaders.map((reader) => ({ ...facts, name: `catch-up.${reader.name}`, ...by(reader) })),
      { ...facts, name: "catch-up.everything", ...by(...logReaders) },
    ];
    return await interleaved(all, rounds);
  } finally {
    await peers.close();
    await close();
  }
}

/** The log as its readers are given it: every column, upcast and checked against its schema. */
async function readStored(pool: pg.Pool): Promise<void> {
  for (let after = 0n; ; ) {
    const last = (await readLog(pool, { after, limit: EVENTS_PER_STEP_MAX })).at(-1);
    if (!last) return;
    after = last.position;
  }
}

const tables = "account_entries, account_balances, daily_balances, activity, snapshots, parked_accounts, projection_checkpoints";

async function forget(owner: pg.Pool): Promise<void> {
  await owner.query(`truncate ${tables}`);
}

/** Until all of `readers` have come to the end, each in its own loop as in the runner. */
async function follow({ pool, keys }: Runtime, readers: readonly LogReader[]): Promise<void> {
  const lead = createBoundedLead();
  const toEnd = async (reader: LogReader) => {
    for (;;) {
      const step = await advance({ pools: { projector: pool }, keys }, reader);
      if (step.kind === "level") return;
      if (step.kind !== "applied") throw new Error(`${reader.name}: ${step.kind}`);
      await lead(reader, step, { size: EVENTS_PER_STEP_MAX });
    }
  };
  await Promise.all(readers.map(toEnd));
}
