import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountId } from "@/domain/ids";
import type { Runtime } from "@/infra/runtime";
import { type OwnBook, ownBook } from "@/infra/testing/own-book";
import { customer, deposit, give, openAccount } from "@/infra/testing/test-bank";
import { until } from "@/infra/testing/until";
import { isLevel } from "../faults/whole-book";
import { projections } from "../registry";
import { startRunner } from "../runner";
import { rebuildBeside } from "./rebuild-beside";

// The copy that a rebuild fills is empty at first, and nobody analyses it before it is full, nor the log at all: its workers keep the plans of then.

const accountsCount = 40;
const rounds = 60;
const roundsMeanwhile = 10;
const workers = 16;
const eventsPerChunk = 50;
const scansMax = 12; // indexes are made over all rows, and both copies held against each other, and again for what came meanwhile
const fewRows = 20; // tables that stay this small, as that of the workers, may be read whole each time

const actor = customer();
let book: OwnBook;
let accounts: AccountId[];

beforeAll(async () => {
  book = await ownBook({ settings: ["autovacuum=off"] });
  const bank = book.runtime();
  startRunner(bank);
  accounts = await Promise.all(Array.from({ length: accountsCount }, () => openAccount(bank, actor)));
  for (let round = 0; round < rounds; round++) await everybodyDeposits(bank);
  await until("every reader is level", () => isLevel(bank));
  await bank.close();
}, 60_000);
afterAll(() => book.close());

const everybodyDeposits = (bank: Runtime) =>
  Promise.all(accounts.map((id) => give(deposit(id, 3n, "rent"), { runtime: bank, actor })));

/** Tables that were read from end to end more than so many times, by connections that have ended. */
function readWhole(timesMax: number): Promise<{ name: string; scans: number; rows: number }[]> {
  return book.asOwner(
    `select schemaname || '.' || relname as name, seq_scan::int as scans, seq_tup_read::int as rows from pg_stat_user_tables
      where seq_scan > $1 and seq_tup_read > $2 * seq_scan order by 1`,
    [timesMax, fewRows],
  );
}

test.each(projections.map((reader) => [reader.name, reader] as const))(
  "a rebuild of %s reads no table from end to end for each chunk, however full the copy becomes",
  async (_name, reader) => {
    await book.asOwner("select pg_stat_reset()");
    const bank = book.runtime({ poolMax: 2 * workers });
    startRunner(bank);
    const rebuild = rebuildBeside(bank, reader, { workers, eventsPerSecondMax: workers * eventsPerChunk });
    for (let round = 0; round < roundsMeanwhile; round++) await everybodyDeposits(bank);
    const end = await rebuild;
    expect(end).toMatchObject({ status: "swapped", differences: 0n });
    await bank.close(); // a connection that ends hands in its figures
    expect(Number(end.target) / eventsPerChunk).toBeGreaterThan(3 * scansMax);
    expect(await readWhole(scansMax)).toEqual([]);
  },
);
