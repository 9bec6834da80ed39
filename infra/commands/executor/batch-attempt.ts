import type pg from "pg";
import type { AccountId } from "@/domain/ids";
import type { Db } from "@/infra/postgres/connect";
import { type RecordedCommand, replay } from "../recorded-command";
import type { Aggregate, AggregateCache } from "./aggregate-cache";
import { createDatabaseClock } from "./database-clock";
import { type DecidedBatch, decideBatch } from "./decide-batch";
import type { ExecutorOptions } from "./executor";
import { failCommand } from "./fail-command";
import { loadAggregates } from "./load-aggregates";
import { createLogTail } from "./log-tail";
import { lostHistory } from "./lost-history";
import type { Pending } from "./pending";

/** What is left to do of a batch that is in the log: `publish` the new states, then `answer` everyone. */
export type Written = { publish: () => void; answer: () => void };

const contendedMs = 50; // after a lost try

/** One try at a batch: load what is not cached, decide, append. */
export function createBatchAttempt(options: ExecutorOptions & { cache: AggregateCache }) {
  const { cache, onError, metrics, review } = options;
  const clock = createDatabaseClock();
  const tail = createLogTail();
  const isUnderReview = (id: AccountId) => review.doubtedFrom(id) !== undefined;
  let basis: Awaited<ReturnType<ExecutorOptions["basis"]>> | undefined;
  let lostAtMs = Number.NEGATIVE_INFINITY;
  let endInDoubt = false; // the connection was lost: the next one may lead to another history
  let lookUpIds = false; // an append met ids that were decided before: the next load asks for them though all states are cached

  /** Undefined when another process was faster: nothing was written. */
  async function attempt(db: Db, batch: readonly Pending[]): Promise<Written | undefined> {
    basis ??= await options.basis();
    if (endInDoubt) await noticeLostHistory(db);
    if (review.isStale()) await review.renew(db);
    const { aggregates, open } = await load(db, batch, basis.masterKey);
    return write(db, decideBatch(open, aggregates, { ...basis, isUnderReview, now: clock.now() }));
  }

  /**
   * Decides a batch on the states that `before` will leave, which is on its way to the log: what comes out is void unless `before` lands.
   * Undefined where something must be asked of the database first.
   */
  function decideAhead(batch: readonly Pending[], before?: DecidedBatch): DecidedBatch | undefined {
    if (!basis || lookUpIds || !clock.known() || review.isStale()) return undefined;
    const aggregates = new Map<AccountId, Aggregate>();
    for (const { command } of batch) {
      const known = before?.states.get(command.accountId) ?? cache.get(command.accountId);
      if (!known) return undefined;
      aggregates.set(command.accountId, known);
    }
    return decideBatch(batch, aggregates, { ...basis, isUnderReview, now: clock.now() });
  }

  /** Says so once when the log no longer has what was its last event. The bank goes on from what there is. */
  async function noticeLostHistory(db: Db): Promise<void> {
    const lost = tail.end && (await lostHistory(db, tail.end));
    if (lost) {
      onError(lost, "lost history");
      tail.found(null);
    }
    endInDoubt = false;
  }

  async function write(db: Db, decided: DecidedBatch): Promise<Written | undefined> {
    if (decided.answers.length === 0) return { publish: () => {}, answer: () => answerOthers(decided) };
    const reads = decided.rows.reads.map((read) => (cache.isCurrent(read.s, tail.era) ? { ...read, k: true } : read));
    const reply = await options.append(db, { ...decided.rows, reads, seen: tail.end });
    clock.heard(reply.clock);
    if (reply.kind === "conflict") {
      cache.outdate(reply.stale);
      if (reply.stale.length > 0) lostAtMs = performance.now();
      metrics.conflict(reply.stale.length > 0 ? "stale" : "known");
      lookUpIds = reply.known.length > 0;
      return undefined;
    }
    const { lastHash, rows, states, answers } = decided;
    metrics.batch(answers.length);
    const position = reply.base + BigInt(rows.events.length);
    return {
      publish() {
        tail.appended(lastHash && { position, hash: lastHash }, reply.same);
        for (const [id, aggregate] of states) cache.put(id, aggregate, tail.era);
      },
      answer() {
        for (const { pending, outcome } of answers) pending.answer(outcome(reply));
        answerOthers(decided);
        if (lastHash) options.onAppended(position);
      },
    };
  }

  function answerOthers({ denied, failed }: DecidedBatch): void {
    for (const command of denied) deny(command);
    for (const { pending, error } of failed) failCommand(pending, error, onError);
  }

  /** In one transaction that holds the gate from the first read on: nobody else can be faster, and nothing is answered before its commit. */
  async function attemptHoldingGate(client: pg.Client, batch: readonly Pending[]): Promise<Written | undefined> {
    cache.outdate(batch.map(({ command }) => command.accountId));
    lookUpIds = true;
    metrics.heldGate();
    try {
      await client.query("begin; set local idle_in_transaction_session_timeout = 2000; select hold_gate()");
      const written = await attempt(client, batch);
      await client.query("commit");
      return written;
    } catch (error) {
      await client.query("rollback").catch(() => {});
      throw error;
    }
  }

  async function load(db: Db, batch: readonly Pending[], masterKey: Buffer) {
    const aggregates = new Map<AccountId, Aggregate>();
    const missing = new Set<AccountId>();
    for (const { command } of batch) {
      const cached = cache.get(command.accountId);
      if (cached) aggregates.set(command.accountId, cached);
      else missing.add(command.accountId);
    }
    if (missing.size === 0 && !lookUpIds && clock.known()) return { aggregates, open: batch };

    const asked = batch.map(({ actor, commandId }) => ({ actor: actor.userId, id: commandId }));
    const loaded = await loadAggregates(db, masterKey, [...missing], asked, {
      known: cache.lastKnown,
      doubtedFrom: review.doubtedFrom,
    });
    lookUpIds = false;
    clock.heard(loaded.clock);
    tail.found(loaded.end);
    for (const [id, aggregate] of loaded.aggregates) {
      aggregates.set(id, aggregate);
      // Never remembered: that an account does not exist, and what is half read of one under review.
      if (aggregate.version > 0 && !isUnderReview(id)) cache.put(id, aggregate, tail.era);
    }
    return { aggregates, open: answerKnown(batch, loaded.known, aggregates) };
  }

  function deny(command: Pending): void {
    options.onDenied(command);
    command.answer({ kind: "not_found" });
  }

  /** Another process writes to the same accounts: what is decided ahead will likely be void. */
  const contended = () => performance.now() - lostAtMs < contendedMs;

  const doubtEnd = () => {
    endInDoubt = true;
  };

  return { attempt, attemptHoldingGate, decideAhead, write, contended, doubtEnd };
}

function answerKnown(
  batch: readonly Pending[],
  known: readonly RecordedCommand[],
  aggregates: ReadonlyMap<AccountId, Aggregate>,
): readonly Pending[] {
  if (known.length === 0) return batch;
  const found = new Map(known.map((command) => [`${command.actor} ${command.id}`, command]));
  return batch.filter((command) => {
    const recorded = found.get(command.key);
    if (recorded) command.answer(replay(recorded, command.command, aggregates.get(command.command.accountId)?.key ?? null));
    return !recorded;
  });
}
