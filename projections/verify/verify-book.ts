import type pg from "pg";
import { readBook } from "@/infra/book/book";
import { checkGate, commandsOutside, faultyCauses, faultyCommands, type PlacedFault } from "@/infra/checks/check-commands";
import { Fault, mustEqual } from "@/infra/checks/fault";
import { logHead, type StoredEventRow, storedEventColumns } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import { type Accepted, acceptedPlaces, isAcceptedEvent } from "@/infra/review/findings";
import type { Runtime } from "@/infra/runtime";
import { checkActivity } from "../activity/check";
import { readCheckpoints } from "../checkpoints/checkpoints";
import { checkDailyBalances } from "../daily-balances/check";
import { projectionNames } from "../registry";
import { checkBalances } from "./check-balances";
import { type CheckedEvent, checkEntries, checkSnapshots } from "./check-page";
import { createSealCheck, type SealCheck } from "./check-seals";
import { type HeldAccount, type HeldAccounts, heldAccounts, rememberHeld } from "./held-accounts";
import { createLogChain } from "./log-chain";

const eventsPerPage = 2_000;

/**
 * `events`: those checked, from position 1 on; of these, `sealed` are covered by a seal: what was after them, nobody could say. `held`:
 * accounts that a read model holds, which is true for their earlier events and silent about the rest. `accepted`: faults that
 * an operator has accepted, and that were passed over for as long as they stand as they stood then. `filed`: the seal file has
 * seals, and they were compared; else nothing outside the database bears witness.
 */
export type Verdict = { events: bigint; sealed: bigint; filed: boolean; held: readonly HeldAccount[]; accepted: number } & (
  | { ok: true; accounts: number; commands: { checked: bigint; sealed: bigint } }
  | { ok: false; fault: string; found: Fault }
);

type Course = {
  chain: ReturnType<typeof createLogChain>;
  seals: SealCheck;
  masterKey: Buffer;
  held: Map<string, HeldAccount>;
  accepted: Accepted;
};

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
  const book = await readBook(pool);
  const accepted = await acceptedPlaces(pool);
  const chain = createLogChain(book, (raw) => isAcceptedEvent(accepted, raw));
  const inSnapshot = <T>(work: (db: pg.PoolClient) => Promise<T>) => transaction(pool, work, "repeatable read read only");
  const held = new Map<string, HeldAccount>();
  let sealed = 0n;
  let filed = false;
  const extent = () => ({ events: chain.position, sealed, filed, held: [...held.values()], accepted: accepted.size });
  try {
    const seals = await inSnapshot((db) => createSealCheck(db, book.id, keys.seal, sealFile));
    sealed = seals.sealed;
    filed = seals.isFiled;
    const course = { chain, seals, masterKey: keys.master, held, accepted };
    const { position: total } = await logHead(pool);
    while (chain.position < total) {
      await inSnapshot(async (db) => {
        await db.query("set local enable_seqscan = off"); // without statistics all commands were read for those of each seal
        await checkPage(db, course);
      });
      onProgress(chain.position, total);
    }
    await seals.end(pool);
    const { accounts, commands } = await inSnapshot(async (db) => {
      while ((await checkPage(db, course)) > 0);
      const at = await reached(db);
      await checkDerivedViews(db, at);
      const now = await heldAccounts(db);
      rememberHeld(held, now);
      await countEntries(db, at.account_entries ?? 0n);
      throwFirst(await commandsOutside(db), accepted);
      await checkGate(db);
      const balances = { reached: at.account_balances ?? 0n, held: now };
      return { commands: await countCommands(db), accounts: await checkBalances(db, chain.streams, balances) };
    });
    const checked = { checked: commands, sealed: seals.commands };
    return { ok: true, ...extent(), accounts, commands: checked };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, fault: error.message, found: error, ...extent() };
  }
}

async function checkPage(db: pg.PoolClient, { chain, seals, masterKey, held, accepted }: Course): Promise<number> {
  const { rows } = await db.query<StoredEventRow>(
    `select ${storedEventColumns} from events e where e.position > $1 order by e.position limit $2`,
    [chain.position, eventsPerPage],
  );
  if (rows.length === 0 && (await logHead(db)).position > chain.position)
    throw new Fault(`position ${chain.position + 1n}`, "missing");
  const before = chain.position;
  const { page, fault } = chainOf(rows, chain);
  const count = Number(chain.position - before);
  throwFirst(await faultyCauses(db, before + 1n, chain.position), accepted);
  throwFirst(await faultyCommands(db, before, chain.position), accepted);
  await seals.follow(db, rows.slice(0, count));
  const now: HeldAccounts = await heldAccounts(db);
  rememberHeld(held, now);
  await checkEntries(db, masterKey, page, { reached: (await reached(db)).account_entries ?? 0n, held: now });
  await checkSnapshots(db, page);
  if (fault) throw fault;
  return count;
}

function throwFirst(faults: readonly (Fault | PlacedFault)[], accepted: Accepted): void {
  const fault = faults.find(({ event, where }) => !(event ? isAcceptedEvent(accepted, event) : accepted.has(where)));
  if (fault) throw fault;
}

async function countCommands(db: pg.PoolClient): Promise<bigint> {
  const { rows } = await db.query<{ count: bigint }>("select count(*) from commands");
  return rows[0]?.count ?? 0n;
}

/** As far as the chain holds. What breaks it is thrown last: another witness may find an earlier event wrong. */
function chainOf(rows: readonly StoredEventRow[], chain: Course["chain"]): { page: CheckedEvent[]; fault?: Fault } {
  const page: CheckedEvent[] = [];
  for (const raw of rows) {
    try {
      const event = chain.check(raw);
      if (event) page.push(event);
    } catch (error) {
      if (error instanceof Fault) return { page, fault: error };
      throw error;
    }
  }
  return { page };
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

// Every row was found by its event; a row without one makes the count wrong. Events that wait for their account have none.
async function countEntries(db: pg.PoolClient, at: bigint): Promise<void> {
  const { rows } = await db.query<{ count: bigint; waiting: bigint }>(
    `select count(*), (select count(*) from parked_accounts p join events e on e.stream_id = p.account_id and e.version >= p.version
       where p.reader = 'account_entries' and e.position <= $1) as waiting from account_entries`,
    [at],
  );
  mustEqual("account_entries", "the number of rows", rows[0]?.count ?? 0n, at - (rows[0]?.waiting ?? 0n));
}
