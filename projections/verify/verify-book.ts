import type pg from "pg";
import { readBook } from "@/infra/book/book";
import { logHead, storedEventColumns } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import type { Runtime } from "@/infra/runtime";
import { checkActivity } from "../activity/check";
import { readCheckpoints } from "../checkpoints/checkpoints";
import { checkDailyBalances } from "../daily-balances/check";
import { projectionNames } from "../registry";
import { checkBalances } from "./check-balances";
import { checkCauses, checkCommands, checkGate } from "./check-commands";
import { type CheckedEvent, checkEntries, checkSnapshots } from "./check-page";
import { createSealCheck, type SealCheck } from "./check-seals";
import { Fault, mustEqual } from "./fault";
import { createLogChain, type RawEvent } from "./log-chain";

const eventsPerPage = 2_000;

/** `events`: those checked, from position 1 on; of these, `sealed` are covered by a seal: what was after them, nobody could say. */
export type Verdict = { events: bigint; sealed: bigint } & ({ ok: true; accounts: number } | { ok: false; fault: string });

type Course = { chain: ReturnType<typeof createLogChain>; seals: SealCheck; masterKey: Buffer };

/**
 * Proves the log (positions, versions, times, hash chains, seals, and that it folds), the commands that caused it and the read models
 * against it, or names the first fault. Without `sealFile` it cannot notice last events that were dropped together with their seals.
 * Short transactions for the long way, so that vacuum goes on; the end in one snapshot. Nobody has to stop working.
 */
export async function verifyBook(
  { pool, keys }: Pick<Runtime, "pool" | "keys">,
  onProgress: (done: bigint, total: bigint) => void,
  { sealFile }: { sealFile?: string } = {},
): Promise<Verdict> {
  const { id } = await readBook(pool);
  const chain = createLogChain(id);
  const inSnapshot = <T>(work: (db: pg.PoolClient) => Promise<T>) => transaction(pool, work, "repeatable read read only");
  let sealed = 0n;
  try {
    const seals = await inSnapshot((db) => createSealCheck(db, id, keys.seal, sealFile));
    sealed = seals.sealed;
    const course = { chain, seals, masterKey: keys.master };
    const { position: total } = await logHead(pool);
    while (chain.position < total) {
      await inSnapshot((db) => checkPage(db, course));
      onProgress(chain.position, total);
    }
    await seals.end(pool);
    const accounts = await inSnapshot(async (db) => {
      while ((await checkPage(db, course)) > 0);
      const at = await reached(db);
      await checkDerivedViews(db, at);
      await countEntries(db, at.account_entries ?? 0n);
      await checkCommands(db, chain.position);
      await checkGate(db);
      return checkBalances(db, chain.streams, at.account_balances ?? 0n);
    });
    return { ok: true, events: chain.position, sealed, accounts };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.message, events: chain.position, sealed };
    throw error;
  }
}

async function checkPage(db: pg.PoolClient, { chain, seals, masterKey }: Course): Promise<number> {
  const { rows } = await db.query<RawEvent>(
    `select ${storedEventColumns} from events e where e.position > $1 order by e.position limit $2`,
    [chain.position, eventsPerPage],
  );
  if (rows.length === 0 && (await logHead(db)).position > chain.position)
    throw new Fault(`position ${chain.position + 1n}`, "missing");
  const first = chain.position + 1n;
  const page: CheckedEvent[] = rows.map((raw) => chain.check(raw));
  await seals.follow(db, rows);
  await checkCauses(db, first, chain.position);
  await checkEntries(db, masterKey, page, (await reached(db)).account_entries ?? 0n);
  await checkSnapshots(db, page);
  return page.length;
}

/** Views that are held against the entries; one that the entries have not come up to is left to the next time. */
async function checkDerivedViews(db: pg.PoolClient, at: Record<string, bigint>): Promise<void> {
  const comparable = (name: string) => at[name] !== undefined && (at.account_entries ?? 0n) >= at[name];
  if (comparable("daily_balances")) await checkDailyBalances(db, at.daily_balances ?? 0n);
  if (comparable("activity")) await checkActivity(db, at.activity ?? 0n);
}

async function reached(db: pg.PoolClient): Promise<Record<string, bigint>> {
  const checkpoints = await readCheckpoints(db, projectionNames);
  return Object.fromEntries(checkpoints.map(({ name, position }) => [name, position]));
}

// Every row was found by its event; a row without one makes the count wrong.
async function countEntries(db: pg.PoolClient, expected: bigint): Promise<void> {
  const { rows } = await db.query<{ count: bigint }>("select count(*) from account_entries");
  mustEqual("account_entries", "the number of rows", rows[0]?.count ?? 0n, expected);
}
