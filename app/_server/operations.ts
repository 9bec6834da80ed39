import type { AccountId } from "@/domain/ids";
import { logHead } from "@/infra/event-log/read";
import { type CommandFigures, commandFigures } from "@/infra/metrics/command-figures";
import type { LogProtection } from "@/infra/postgres/app-role";
import { logProtection } from "@/infra/postgres/log-protection";
import { runtime } from "@/infra/runtime";
import { type SealStanding, sealStanding } from "@/infra/seals/seal-standing";
import { recordSecurityEvent } from "@/infra/security-log/record-security-event";
import { readCheckpoints } from "@/projections/checkpoints/checkpoints";
import { type DatabaseVitals, databaseVitals } from "@/projections/database-vitals";
import { type ParkedAccount, parkedAccounts } from "@/projections/parked/parked-accounts";
import { retryParked } from "@/projections/parked/retry-parked";
import { logReaders } from "@/projections/registry";
import { lastVerification, type Verification } from "@/projections/verify/last-verification";
import { requestFacts } from "./request-facts";
import { requireViewerAs, type Viewer } from "./viewer";

export type ReaderHealth = {
  name: string;
  revision: number;
  position: bigint;
  lagEvents: bigint;
  recordedAt: Date | null;
  movedAt: Date | null;
  paused: boolean;
};

/** An account that some readers hold, each at an event of it; `waiting`, `attempts`: of the reader that is furthest behind. */
export type HeldAccount = Pick<ParkedAccount, "accountId" | "waiting" | "parkedAt" | "attempts"> & {
  by: readonly Pick<ParkedAccount, "reader" | "version" | "error">[];
};

export type BankHealth = {
  head: bigint;
  headAt: Date | null;
  protection: LogProtection;
  readers: readonly ReaderHealth[];
  held: readonly HeldAccount[];
  seals: SealStanding;
  verification: Verification | undefined;
  database: DatabaseVitals;
  /** Of this process alone, since its start. */
  commands: CommandFigures & { waiting: number };
};

const readerNames: readonly string[] = logReaders.map(({ name }) => name);

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
  const readers = await readerHealth();
  const [protection, held, seals, verification, database, figures] = await Promise.all([
    logProtection(pool),
    parkedAccounts(pool),
    sealStanding(pool),
    lastVerification(pool),
    databaseVitals(pool),
    commandFigures(metrics.registry),
  ]);
  return {
    ...readers,
    protection,
    held: byAccount(held),
    seals,
    verification,
    database,
    commands: { ...figures, waiting: executor.waiting },
  };
}

/** Tries the events of a held account again in every reader that holds it, for an operator who has been checked, and notes who did. */
export async function retryHeld({ actor }: Viewer, accountId: AccountId): Promise<void> {
  const { pool } = runtime();
  const held = await parkedAccounts(pool, { accountId });
  const { address } = await requestFacts();
  await recordSecurityEvent(pool, { kind: "held_retried", actor, address, detail: { accountId } });
  for (const { reader } of held) await retryParked(runtime(), { reader, accountId });
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

async function readerHealth(): Promise<Pick<BankHealth, "head" | "headAt" | "readers">> {
  const { pool } = runtime();
  const checkpoints = new Map((await readCheckpoints(pool, readerNames)).map((row) => [row.name, row]));
  const { position: head, recordedAt: headAt } = await logHead(pool); // after the checkpoints, so that no lag is negative
  const readers = logReaders.map(({ name, revision }) => {
    const row = checkpoints.get(name);
    const position = row?.position ?? 0n;
    return {
      name,
      revision,
      position,
      lagEvents: head - position,
      recordedAt: row?.recordedAt ?? null,
      movedAt: row?.updatedAt ?? null,
      paused: row?.paused ?? false,
    };
  });
  return { head, headAt, readers };
}
