import { setTimeout as sleep } from "node:timers/promises";
import type { AggregateCache } from "./aggregate-cache";
import { createBatchAttempt, type Written } from "./batch-attempt";
import type { DecidedBatch } from "./decide-batch";
import { errorKind } from "./error-kind";
import type { ExecutorOptions } from "./executor";
import { failCommand } from "./fail-command";
import { freeGate } from "./gate-watchdog";
import type { Pending } from "./pending";

const lostTriesMax = 3; // then the gate is held, so that somebody always advances (log-review 1.3: 3 beats 1 and 0)
const answerMsMax = 10_000; // then "checking"
const pauseMsMax = 1_000;
const heldMsMax = 5_000;

export function createBatchRun(options: ExecutorOptions & { cache: AggregateCache }) {
  const { cache, writer, onError } = options;
  const tries = createBatchAttempt(options);

  /** Writes what was decided ahead, once, and publishes it. Undefined: it is not known to have landed, and `run` finds out. */
  async function writeAhead(decided: DecidedBatch): Promise<Written | undefined> {
    try {
      const written = await tries.write(await writer.client(), decided);
      written?.publish();
      return written;
    } catch (error) {
      cache.drop(decided.rows.reads.map(({ s }) => s));
      const kind = errorKind(error);
      if (kind === "connection lost") {
        onError(error, kind);
        await recover(kind);
      }
      return undefined;
    }
  }

  /** Runs one batch to the end: every command is answered, at the latest with "checking" after 10 s of trouble. */
  async function run(batch: readonly Pending[]): Promise<void> {
    let reconnected = false;
    for (let lost = 0, trouble = 0; ; ) {
      const rest = batch.filter((command) => !command.answered);
      if (rest.length === 0) return;
      try {
        const client = await writer.client();
        const written = lost < lostTriesMax ? await tries.attempt(client, rest) : await tries.attemptHoldingGate(client, rest);
        written?.publish();
        written?.answer();
        if (!written) lost += 1;
      } catch (error) {
        cache.drop(rest.map(({ command }) => command.accountId));
        const kind = errorKind(error);
        if (kind === "refused all") return fail(rest, error);
        if (kind === "build too old") return turnAway(rest);
        if (kind === "bad command" || (kind === "schema moved" && reconnected)) return isolate(rest, error);
        onError(error, kind);
        reconnected ||= kind === "schema moved";
        await recover(kind);
        answerChecking(rest);
        await sleep(Math.min(20 * 2 ** trouble, pauseMsMax));
        trouble += 1;
      }
    }
  }

  /** Halves the batch down to the one command that the database does not accept. Nothing is stored for it. */
  async function isolate(batch: readonly Pending[], error: unknown): Promise<void> {
    if (batch.length === 1) return fail(batch, error);
    const middle = Math.ceil(batch.length / 2);
    await run(batch.slice(0, middle));
    await run(batch.slice(middle));
  }

  function fail(commands: readonly Pending[], error: unknown): void {
    for (const command of commands) failCommand(command, error, onError);
  }

  /** Nothing was decided: whoever asks again with the same id finds a newer build. */
  function turnAway(commands: readonly Pending[]): void {
    for (const command of commands) command.answer({ kind: "busy" });
  }

  async function recover(kind: "connection lost" | "try again" | "schema moved"): Promise<void> {
    if (kind === "try again") {
      const freed = await writer
        .client()
        .then((client) => freeGate(client, heldMsMax))
        .catch(() => 0); // it may be connections that there are too few of
      if (freed > 0) onError(new Error(`ended ${freed} connection(s) that held the gate`), "gate watchdog");
      return;
    }
    cache.clear();
    await writer.reset();
    tries.doubtEnd();
  }

  return { run, decideAhead: tries.decideAhead, writeAhead, contended: tries.contended };
}

/** Whoever waited too long is told "checking"; whether the command stands is found by its id. The rest goes on with the same ids. */
function answerChecking(batch: readonly Pending[]): void {
  const now = performance.now();
  for (const command of batch) if (now - command.waitingSinceMs > answerMsMax) command.answer({ kind: "checking" });
}
