import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { createClient } from "./connect";

/** How long to wait for one lock, and who hears for whom. */
export type LockWait = { waitMsMax?: number; tell?: (message: string) => void };

const lockWaitMsMax = 120_000;
const lookEveryMsMax = 1_000;
const unseenMsMax = 30_000;
const lockNotAvailable = "55P03";
const deadlockDetected = "40P01";
const tryMs = 400; // below PostgreSQL's deadlock_timeout: of two that wait for each other, neither is ended by it
const pauseBetweenTriesMs = 200;

/**
 * Runs `work`, whose statements on `client` wait for each lock no longer than `waitMsMax`. A second
 * connection looks who holds it meanwhile: `tell` hears of each holder once, and a wait that is too
 * long is ended. @throws naming the holder; then the statement did nothing.
 */
export async function withLockWait<T>(
  client: pg.Client,
  url: string,
  { waitMsMax = lockWaitMsMax, tell = () => {} }: LockWait,
  work: () => Promise<T>,
): Promise<T> {
  await client.query(`set lock_timeout = ${patientMs(waitMsMax)}`);
  const lookout = await lookOut(client, url, { waitMsMax, tell });
  try {
    return await work();
  } catch (error) {
    const ended = lookout.endedFor();
    const holder = ended ?? lookout.lastSeen();
    if (ended || isLockTrouble(error)) throw new Error(refusedWords(waitMsMax, holder), { cause: error });
    throw error;
  } finally {
    await lookout.end();
  }
}

/**
 * Within `withLockWait`, for `work` that asks for several locks while others are at work: it lets
 * go of all that it has where one is not to be had shortly, and begins again, until it is through
 * or `waitMsMax` is over. `work` leaves nothing behind where it fails.
 */
export async function inShortTries<T>(
  client: pg.Client,
  { waitMsMax = lockWaitMsMax }: LockWait,
  work: () => Promise<T>,
): Promise<T> {
  const end = performance.now() + waitMsMax;
  await client.query(`set lock_timeout = ${tryMs}`);
  try {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isLockTrouble(error) || performance.now() > end) throw error;
      }
      await delay(pauseBetweenTriesMs);
    }
  } finally {
    await client.query(`set lock_timeout = ${patientMs(waitMsMax)}`);
  }
}

/** For a wait that nobody could look at. */
const patientMs = (waitMsMax: number) => waitMsMax + unseenMsMax;

/** One connection that another waits for. */
type Holder = { pid: number; login: string | null; application: string | null; connectedAt: Date | null };

/**
 * `endedFor`: who held the lock for which the wait was ended. `lastSeen`: who held one when it was
 * last looked.
 */
type LookOut = { endedFor(): Holder | undefined; lastSeen(): Holder | undefined; end(): Promise<void> };

async function lookOut(client: pg.Client, url: string, limits: Required<LockWait>): Promise<LookOut> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const stopping = new AbortController();
  const pauseMs = Math.min(lookEveryMsMax, limits.waitMsMax / 4);
  const pause = () => delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
  let endedFor: Holder | undefined;
  let lastSeen: Holder | undefined;
  const seen = (holder: Holder) => {
    lastSeen = holder;
  };
  const look = async () => {
    await pause(); // a start that waits for nobody opens no second connection
    if (stopping.signal.aborted) return;
    const own = createClient(url, "daybook look-out");
    try {
      await own.connect();
      const holder = await tooLongFor(own, rows[0]?.pid ?? 0, { ...limits, seen, pause, signal: stopping.signal });
      endedFor = holder; // before the wait ends, so that its error finds it
      if (holder) await own.query("select pg_cancel_backend($1)", [rows[0]?.pid]);
    } catch {
      // It only looks. Without it the lock's own time limit ends the wait, in fewer words.
    } finally {
      await own.end().catch(() => {});
    }
  };
  const looking = look();
  return {
    endedFor: () => endedFor,
    lastSeen: () => lastSeen,
    async end() {
      stopping.abort();
      await looking;
    },
  };
}

type Watch = Required<LockWait> & { seen: (holder: Holder) => void; pause: () => Promise<void>; signal: AbortSignal };

/** Returns who has made `pid` wait for too long; undefined when it was told to stop. */
async function tooLongFor(own: pg.Client, pid: number, watch: Watch): Promise<Holder | undefined> {
  const { waitMsMax, tell, seen, pause, signal } = watch;
  let told: number | undefined;
  let waitsSinceMs: number | undefined;
  while (!signal.aborted) {
    const holder = await holderBefore(own, pid);
    if (holder) seen(holder);
    if (holder && holder.pid !== told) tell(`Waiting for a lock. It is held by ${describe(holder)}.`);
    told = holder?.pid ?? told;
    waitsSinceMs = holder && (waitsSinceMs ?? performance.now());
    if (holder && waitsSinceMs !== undefined && performance.now() - waitsSinceMs >= waitMsMax) return holder;
    await pause();
  }
  return undefined;
}

async function holderBefore(db: pg.Client, pid: number): Promise<Holder | undefined> {
  const { rows } = await db.query<Holder>(
    `select b.pid, a.usename as login, a.application_name as application, a.backend_start as "connectedAt"
       from unnest(pg_blocking_pids($1)) b(pid) left join pg_stat_activity a on a.pid = b.pid order by b.pid limit 1`,
    [pid],
  );
  return rows[0];
}

/** What a login may not see of another's connection is left out. */
function describe({ pid, login, application, connectedAt }: Holder): string {
  const facts = [
    login && `login ${login}`,
    application && `application "${application}"`,
    connectedAt && `connected since ${connectedAt.toISOString()}`,
  ].filter(Boolean);
  return `process ${pid} of the database${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
}

function refusedWords(waitMsMax: number, holder: Holder | undefined): string {
  if (!holder) return "A lock was not to be had in time, and who holds it could not be seen. Try again.";
  return (
    `A lock was not to be had within ${waitMsMax / 1_000} s: it is held by ${describe(holder)}. ` +
    `If nobody needs that connection any more, end it in the database: select pg_terminate_backend(${holder.pid})`
  );
}

/** Also where a library has put words of its own around the error. */
function isLockTrouble(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].some((one) => one === lockNotAvailable || one === deadlockDetected);
}
