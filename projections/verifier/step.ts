import type pg from "pg";
import { readBook } from "@/infra/book/book";
import { checkGate, commandsOutside, PlacedFault } from "@/infra/checks/check-commands";
import { checkRange } from "@/infra/checks/check-range";
import { Fault } from "@/infra/checks/fault";
import { logHead } from "@/infra/event-log/read";
import { transaction } from "@/infra/postgres/transaction";
import { acceptedPlaces, recordFinding } from "@/infra/review/findings";
import type { Runtime } from "@/infra/runtime";
import { readLeafRows } from "@/infra/seals/stored-tree";
import { createSealCheck, type SealProgress } from "../verify/check-seals";
import { recordVerification } from "../verify/last-verification";
import { faultyAccounts, faultyViews } from "./check-views";

const eventsPerStep = 200n;
const accountsPerStep = 200;
const leaseMs = 120_000; // a process that died is followed by another after so long

export type VerifierTarget = Pick<Runtime, "pool" | "keys"> & { sealFile: string; process: string };

/** `busy`: another process is at it. `found`: what nobody had found before. `finished`: the pass came to its end. */
export type VerifierStep = { kind: "busy" | "standby" | "checked" | "finished"; found: readonly Fault[] };

type State = {
  startedAt: Date | null;
  position: bigint;
  account: string;
  faults: number;
  firstFault: string | null;
  seals: SealProgress | "faulty" | null;
};

/** One step of a pass, bounded, in a transaction of its own: the next events and all that stands for them, then the accounts. */
export async function verifierStep(target: VerifierTarget): Promise<VerifierStep> {
  return transaction(target.pool, async (db) => {
    const { rows } = await db.query<{ standby: boolean }>("select pg_is_in_recovery() as standby");
    if (rows[0]?.standby) return { kind: "standby", found: [] };
    await db.query("set local enable_seqscan = off");
    const state = await takeLease(db, target.process);
    if (!state) return { kind: "busy", found: [] };
    const head = (await logHead(db)).position;
    const isAtEvents = state.position < head && state.account === "";
    const { next, faults, finished } = isAtEvents ? await checkEvents(db, target, state) : await checkAccounts(db, state);
    const found: Fault[] = [];
    for (const fault of faults) if (await recordFinding(db, "verifier", fault)) found.push(fault);
    const counted = { ...next, faults: next.faults + faults.length, firstFault: next.firstFault ?? faults[0]?.message ?? null };
    if (finished) await finish(db, counted);
    else await save(db, counted);
    return { kind: finished ? "finished" : "checked", found };
  });
}

type Outcome = { next: State; faults: Fault[]; finished: boolean };

async function checkEvents(db: pg.PoolClient, target: VerifierTarget, state: State): Promise<Outcome> {
  const book = await readBook(db);
  const after = state.position;
  const range = await checkRange(db, book, await acceptedPlaces(db), { after, upTo: after + eventsPerStep });
  const faults = [...range.faults];
  if (range.reached === after) {
    if (range.newer) return { next: state, faults, finished: true }; // a newer build verifies the rest
    faults.push(new PlacedFault(`position ${after + 1n}`, "missing", after + 1n));
    return { next: state, faults, finished: true };
  }
  faults.push(...(await faultyViews(db, after + 1n, range.reached)));
  const { seals, fault } = await followSeals(db, target, { book: book.id, state, to: range.reached });
  if (fault) faults.push(fault);
  return { next: { ...state, position: range.reached, seals }, faults, finished: false };
}

type Stretch = { book: string; state: State; to: bigint };

/** Once a seal was found faulty, the others of the pass are left to `verify`. */
async function followSeals(
  db: pg.PoolClient,
  { keys, sealFile }: VerifierTarget,
  { book, state, to }: Stretch,
): Promise<{ seals: State["seals"]; fault?: Fault }> {
  if (state.seals === "faulty") return { seals: "faulty" };
  try {
    const check = await createSealCheck(db, book, keys.seal, sealFile, state.seals ?? undefined);
    const from = BigInt(state.seals?.size ?? 0n); // behind the last seal the tree waits for the next one
    if (check.sealed > from) await check.follow(db, await readLeafRows(db, { from, to: check.sealed < to ? check.sealed : to }));
    return { seals: check.progress() };
  } catch (error) {
    if (error instanceof Fault) return { seals: "faulty", fault: error };
    throw error;
  }
}

async function checkAccounts(db: pg.PoolClient, state: State): Promise<Outcome> {
  const { last, faults } = await faultyAccounts(db, state.account, accountsPerStep);
  if (last !== null) return { next: { ...state, account: last }, faults, finished: false };
  const ends: Fault[] = [...faults, ...(await commandsOutside(db))];
  try {
    await checkGate(db);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ends.push(error);
  }
  return { next: state, faults: ends, finished: true };
}

/** Begins a pass where none is under way. Undefined: another process has the lease. */
async function takeLease(db: pg.PoolClient, name: string): Promise<State | undefined> {
  const { rows } = await db.query<State>(
    `update verifier v set leased_by = $1, leased_until = clock_timestamp() + interval '${leaseMs} ms',
       started_at = coalesce(v.started_at, date_trunc('milliseconds', clock_timestamp()))
      where v.one in (select w.one from verifier w for update skip locked)
        and (v.leased_by = $1 or v.leased_until is null or v.leased_until < clock_timestamp())
      returning v.started_at as "startedAt", v.position, v.account, v.faults, v.first_fault as "firstFault", v.seals`,
    [name],
  );
  return rows[0];
}

async function save(db: pg.PoolClient, { position, account, faults, firstFault, seals }: State): Promise<void> {
  await db.query("update verifier set position = $1, account = $2, faults = $3, first_fault = $4, seals = $5", [
    position,
    account,
    faults,
    firstFault,
    JSON.stringify(seals),
  ]);
}

async function finish(db: pg.PoolClient, state: State): Promise<void> {
  const { startedAt, position, faults, firstFault, seals } = state;
  const since = startedAt ?? new Date();
  await db.query("select close_findings_unseen($1, 'verifier')", [since]);
  await recordVerification(db, {
    tookMs: Math.min(Date.now() - since.getTime(), 2 ** 31 - 1),
    sound: faults === 0,
    fault: firstFault,
    held: 0,
    head: position,
    sealed: seals === null || seals === "faulty" ? 0n : BigInt(seals.size),
  });
  await db.query(
    `update verifier set pass = pass + 1, started_at = null, position = 0, account = '', faults = 0, first_fault = null, seals = null`,
  );
}
