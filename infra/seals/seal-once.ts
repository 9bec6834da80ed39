import type pg from "pg";
import { type Book, readBook } from "../book/book";
import { Fault } from "../checks/fault";
import { transaction } from "../postgres/transaction";
import { followCommands, noCommands } from "./command-chain";
import { growTree } from "./grow-tree";
import { noSeal, type Seal, sealHash, signSeal } from "./seal";
import { createSealCourse, type SealCourse } from "./seal-course";
import { fileSeals, lastFiled } from "./seal-file";
import { type SealKey, sealKey } from "./seal-key";
import { appendSeal, lastSeal, sealInPlaceOf, sealsAfter } from "./seal-rows";
import { sealStanding } from "./seal-standing";
import { sealingLockKey } from "./sealing-lock";
import { rangeRoot } from "./stored-tree";

/**
 * `early`: the last seal is younger than the pace. `busy`: another process seals. `standby`: this database takes no writes.
 * `stopped`: what comes next was found faulty, and nobody has accepted it. `found`: what no look had found before.
 * `refiled`: how many older seals the file lacked; they were written to it again, from the database.
 */
export type SealStep = Step & { refiled: number };

type Step = { found: readonly Fault[] } & (
  | { kind: "sealed"; seal: Seal; more: boolean }
  | { kind: "level" | "early" | "busy" | "standby" | "stopped" }
);

/** No seal before the last one is `paceMs` old; none over more than `eventsMax` new events. */
export type SealLimits = { paceMs: number; eventsMax: bigint };

export type SealTarget = { pool: pg.Pool; keys: { seal: Buffer }; file: string };

const eventsPerSealMax = 50_000n;
const sealsPerWriteMax = 1_000;

/**
 * Checks what the log has gained since its last seal, seals it, and brings the file up to the table. A fault is recorded, and
 * its account closed; nothing from there on is sealed before an operator has accepted it. Refuses, by an error, to sign over a
 * history that is not the one it sealed before: one book with two pasts is what seals are there to show.
 */
export async function sealOnce(
  target: SealTarget,
  limits: Partial<SealLimits> = {},
  course: SealCourse = createSealCourse(),
): Promise<SealStep> {
  const book = await readBook(target.pool);
  const { paceMs = 0, eventsMax = eventsPerSealMax } = limits;
  const step = await transaction(target.pool, (db) => sealUnderLock(db, target, { book, course, paceMs, eventsMax }));
  if (step.kind !== "sealed" && step.kind !== "level" && step.kind !== "stopped") return { ...step, refiled: 0 };
  const written = await bringFileUp(target, book.id);
  return { ...step, refiled: Math.max(0, written - (step.kind === "sealed" ? 1 : 0)) };
}

type Settings = SealLimits & { book: Book; course: SealCourse };

async function sealUnderLock(db: pg.PoolClient, { keys, file }: SealTarget, settings: Settings): Promise<Step> {
  const { book, course, paceMs, eventsMax } = settings;
  const { rows } = await db.query<{ standby: boolean }>("select pg_is_in_recovery() as standby");
  if (rows[0]?.standby) return { kind: "standby", found: [] };
  if (!(await startSealing(db))) return { kind: "busy", found: [] };

  const last = await lastSeal(db, book.id);
  await mustMatchFile(db, book.id, file);
  const { head } = await sealStanding(db);
  const size = last?.size ?? 0n;
  if (head < size) throw new Fault(sealName(size), `the log ends at position ${head}: events are missing`);
  const isLevel = head === size && last?.commands !== null; // else the commands of before are sealed now, over the same events
  if (isLevel) return { kind: "level", found: [] };
  const sealedAt = await clock(db);
  if (last && isWithin(sealedAt.getTime() - last.sealedAt.getTime(), paceMs)) return { kind: "early", found: [] };

  if (last && !last.root.equals(await rangeRoot(db, { from: 0n, to: size }))) throw unlike(size); // else the next event is blamed
  const wanted = head - size > eventsMax ? size + eventsMax : head;
  const { found, to } = await course.check(db, book, { sealed: size, wanted, head });
  if (to < size || (to === size && head > size)) return { kind: "stopped", found };
  const { before, after } = await growTree(db, { size, to });
  if (last && !before.equals(last.root)) throw unlike(size);
  const key: SealKey = sealKey(keys.seal);
  const previous = last ? sealHash(last) : noSeal;
  const commands = last?.commands
    ? await followCommands(db, last.commands, { from: last.size, to })
    : await followCommands(db, noCommands, { from: 0n, to });
  const seal = signSeal({ bookId: book.id, size: to, root: after, commands, sealedAt, keyId: key.id, previous }, key);
  await appendSeal(db, seal);
  await db.query("select close_findings_unseen(now(), 'sealer')");
  return { kind: "sealed", seal, more: to < head && to === wanted, found };
}

const sealName = (size: bigint) => `the seal over ${size} events`;

function unlike(size: bigint): Fault {
  return new Fault(sealName(size), `the first ${size} events are not those that were sealed: run verify`);
}

// A file that knows seals which the table does not: the database was set back, or somebody took them away.
async function mustMatchFile(db: pg.PoolClient, bookId: string, file: string): Promise<void> {
  const filed = await lastFiled(file);
  if (!filed) return;
  if (filed.bookId !== bookId) throw new Error(`${file} holds the seals of another book, ${filed.bookId}`);
  const same = await sealInPlaceOf(db, filed);
  if (!same || !sealHash(same).equals(sealHash(filed)))
    throw new Fault(file, `knows a seal over ${filed.size} events that the database does not have: run verify`);
}

/** After the seal is committed: the file never knows one that a rollback took back. Returns how many seals it lacked. */
async function bringFileUp({ pool, file }: SealTarget, bookId: string): Promise<number> {
  return transaction(pool, async (db) => {
    if (!(await startSealing(db))) return 0; // whoever has it brings its file up; ours follows at the next step
    for (let written = 0; ; ) {
      const filed = await lastFiled(file);
      const missing = await sealsAfter(db, bookId, filed ?? 0n, sealsPerWriteMax);
      if (missing.length === 0) return written;
      await fileSeals(file, missing);
      written += missing.length;
    }
  });
}

/**
 * False: another process seals. Everything a sealer asks for stands in an index, by position or size; by itself the planner took small tables, or
 * such as nobody ever analysed, for worth reading whole: all commands for those of one seal, all seals for the one that the file lacks.
 */
async function startSealing(db: pg.PoolClient): Promise<boolean> {
  await db.query("set local idle_in_transaction_session_timeout = '60s'"); // a sealer that freezes gives the lock back
  const { rows } = await db.query<{ locked: boolean }>("select pg_try_advisory_xact_lock($1) as locked", [sealingLockKey]);
  if (rows[0]?.locked !== true) return false;
  await db.query("set local enable_seqscan = off");
  return true;
}

async function clock(db: pg.PoolClient): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>("select date_trunc('milliseconds', clock_timestamp()) as now");
  if (!rows[0]) throw new Error("the clock gave no answer");
  return rows[0].now;
}

// A clock that was set back must not stop the sealing.
function isWithin(ageMs: number, paceMs: number): boolean {
  return ageMs >= 0 && ageMs < paceMs;
}
