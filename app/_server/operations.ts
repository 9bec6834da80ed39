import type { AccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import type { RecentFigures } from "@/infra/metrics/recent-commands";
import type { LogProtection } from "@/infra/postgres/log-protection";
import { isUnreadableRow, type ReadRow, readableOnly } from "@/infra/rows/unreadable-row";
import { runtime } from "@/infra/runtime";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { type BookHealth, bookHealthOf } from "@/projections/book-health";
import { type DatabaseVitals, databaseVitals } from "@/projections/database-vitals";
import { healthOf, type ProjectionHealth } from "@/projections/health";
import { type ParkedAccount, parkedAccounts } from "@/projections/parked/parked-accounts";
import { retryParked } from "@/projections/parked/retry-parked";
import { readerRates } from "@/projections/reader-rates";
import { logReaders } from "@/projections/registry";
import { requestFacts } from "./request-facts";
import { requireViewerAs, type Viewer } from "./viewer";

/** `eventsPerSecond`: over the last minute; null while it is not known. */
export type ReaderHealth = ProjectionHealth & { eventsPerSecond: number | null };

/** An account that some readers hold, each at an event of it; `waiting`, `attempts`: of the reader that is furthest behind. */
export type HeldAccount = Pick<ParkedAccount, "accountId" | "waiting" | "parkedAt" | "attempts"> & {
  by: readonly Pick<ParkedAccount, "reader" | "version" | "error">[];
};

export type BankHealth = {
  head: bigint;
  headAt: Date | null;
  protection: LogProtection;
  readers: readonly ReaderHealth[];
  held: readonly ReadRow<HeldAccount>[];
  book: BookHealth;
  database: DatabaseVitals;
  /** Of this process alone, of late. */
  commands: RecentFigures & { waiting: number };
};

/** An operator; to others the page is not there. */
export async function requireOperator(): Promise<Viewer> {
  return requireViewerAs("operator");
}

/** How many events the log holds. */
export async function bookHead(): Promise<bigint> {
  return (await logHead(runtime().pool)).position;
}

/** Everything that whoever keeps the bank running looks at: the log, its readers, its seals, its database, and this process's commands. */
export async function bankHealth(): Promise<BankHealth> {
  const { pool, executor, metrics } = runtime();
  const [{ log, projections }, held, book, database, figures] = await Promise.all([
    healthOf({ pool }, { readers: logReaders }),
    parkedAccounts(pool),
    bookHealthOf(pool),
    databaseVitals(pool),
    metrics.recent.figures(),
  ]);
  const rates = readerRates(runtime());
  return {
    head: log.position,
    headAt: log.recordedAt,
    protection: log.protection,
    readers: projections.map((reader) => ({ ...reader, eventsPerSecond: rates.get(reader.name) ?? null })),
    held: [...held.filter(isUnreadableRow), ...byAccount(readableOnly(held))],
    book,
    database,
    commands: { ...figures, waiting: executor.waiting },
  };
}

/** Tries the events of a held account again in every reader that holds it, for an operator who has been checked, and notes who did. */
export async function retryHeld({ actor }: Viewer, accountId: AccountId): Promise<void> {
  const { pool, pools } = runtime();
  const held = await parkedAccounts(pool, { accountId });
  const { address } = await requestFacts();
  await recordSecurityEvent(pools.identity, { kind: "held_retried", actor, address, detail: { accountId } });
  for (const { reader } of readableOnly(held)) await retryParked(runtime(), { reader, accountId });
}

/** In the order in which they came to be held. */
function byAccount(held: readonly ParkedAccount[]): HeldAccount[] {
  return [...new Set(held.map(({ accountId }) => accountId))].map((accountId) => {
    const by = held.filter((one) => one.accountId === accountId);
    return {
      accountId,
      by,
      waiting: Math.max(...by.map(({ waiting }) => waiting)),
      attempts: Math.max(...by.map(({ attempts }) => attempts)),
      parkedAt: new Date(Math.min(...by.map(({ parkedAt }) => parkedAt.getTime()))),
    };
  });
}
