import { setImmediate as nextTurn } from "node:timers/promises";
import type { Append } from "@/infra/event-log/append";
import type { CommandMetrics } from "@/infra/metrics/command-metrics";
import type { StreamsUnderReview } from "@/infra/review/streams-under-review";
import type { Reviewed } from "../outcome";
import { differingFields } from "../same-input";
import { createAggregateCache } from "./aggregate-cache";
import type { Written } from "./batch-attempt";
import { createBatchRun } from "./batch-run";
import { createCommandQueue, type QueueLimits, queueLimits } from "./command-queue";
import type { DecidedBatch, DecisionBasis } from "./decide-batch";
import { type CommandRequest, type Pending, pending, pendingKey } from "./pending";
import type { Writer } from "./writer";

export type ExecutorOptions = {
  writer: Writer;
  append: Append;
  basis: () => Promise<Omit<DecisionBasis, "now" | "isUnderReview">>;
  review: StreamsUnderReview;
  onAppended: (position: bigint) => void;
  onDenied: (command: Pending) => void;
  onError: (error: unknown, context: string) => void;
  metrics: CommandMetrics;
  limits?: Partial<QueueLimits>;
  cachedStatesMax?: number;
};

export type Executor = ReturnType<typeof createExecutor>;

type Writing = { batch: readonly Pending[]; decided: DecidedBatch; landing: Promise<Written | undefined> };

/**
 * The one writer of this process: takes what waits, decides it on cached states, appends it in one call, answers everyone. While one batch
 * is being written, the next is decided on the states that it will leave, unless another process is at the same accounts: then all that
 * waits is one batch, decided when it is its turn. There are no timers. Six rules: log-review §3.
 */
export function createExecutor(options: ExecutorOptions) {
  const queue = createCommandQueue({ ...queueLimits, ...options.limits });
  const inFlight = new Map<string, Pending>();
  const cache = createAggregateCache(options.cachedStatesMax ?? 50_000);
  const { run, decideAhead, writeAhead, contended } = createBatchRun({ ...options, cache });
  let running: Promise<void> | undefined;
  let closed = false;

  async function loop(): Promise<void> {
    let writing: Writing | undefined;
    while (writing || queue.length > 0) {
      const batch = writing && contended() ? [] : queue.takeBatch(writing?.batch.length);
      noteWait(batch);
      const decided = batch.length > 0 ? decideAhead(batch, writing?.decided) : undefined;
      const before = writing;
      const written = await before?.landing;
      writing = undefined;
      if (decided && (written || !before)) {
        writing = { batch, decided, landing: writeAhead(decided) };
        await nextTurn(); // it is on its way before anyone is answered: the database waits for nobody
      }
      if (before) await finish(before.batch, written);
      if (writing)
        await nextTurn(); // whoever was answered may ask again before the next batch is taken
      else await finish(batch);
    }
  }

  /** Sees a batch through to its last answer. */
  async function finish(batch: readonly Pending[], written?: Written): Promise<void> {
    try {
      if (written) written.answer();
      else await run(batch);
    } catch (error) {
      options.onError(error, "batch");
      cache.clear();
    }
    for (const command of batch) {
      if (inFlight.get(command.key) === command) inFlight.delete(command.key);
      if (!command.answered) command.answer({ kind: "checking" });
      tell(command);
    }
  }

  function tell({ outcome, waitingSinceMs }: Pending): void {
    if (outcome) options.metrics.answered(outcome, (performance.now() - waitingSinceMs) / 1_000);
  }

  function noteWait(batch: readonly Pending[]): void {
    const now = performance.now();
    for (const { waitingSinceMs } of batch) options.metrics.waited((now - waitingSinceMs) / 1_000);
  }

  function start(): void {
    running ??= loop().finally(() => {
      running = undefined;
      if (queue.length > 0) start();
    });
  }

  return {
    /** Resolves with what became of the command; never rejects. Equal ids in flight are merged. */
    submit(request: CommandRequest): Promise<Reviewed> {
      const twin = inFlight.get(pendingKey(request));
      if (twin && !twin.answered)
        // what was answered is in the book, or nowhere: the book answers
        return twin.review === request.review ? merged(twin, request) : Promise.resolve({ kind: "busy" });
      if (closed || !queue.accepts(request.actor.userId)) {
        options.metrics.answered("busy", 0);
        return Promise.resolve({ kind: "busy" });
      }
      const command = pending(request);
      inFlight.set(command.key, command);
      queue.push(command);
      start();
      return command.promise;
    },
    /** Whether this process is at work on the command. False: it is in the book by now, or another process has it, or nobody. */
    isDeciding(request: Pick<CommandRequest, "actor" | "commandId">): boolean {
      return inFlight.has(pendingKey(request));
    },
    get waiting(): number {
      return queue.length;
    },
    /** Takes nothing more, finishes what it has for at most `waitMsMax`, answers the rest "checking", closes its connection. */
    async close({ waitMsMax = 3_000 } = {}): Promise<void> {
      closed = true;
      const limit = new Promise<void>((done) => setTimeout(done, waitMsMax).unref());
      await Promise.race([running ?? Promise.resolve(), limit]);
      for (const command of inFlight.values()) if (!command.answered) command.answer({ kind: "checking" });
      await options.writer.reset();
    },
  };
}

/** Waits for the twin: only what is in the book makes other input a mismatch. Of other input than a twin that got nowhere, nothing is known: "busy". */
async function merged(twin: Pending, request: CommandRequest): Promise<Reviewed> {
  const { type, ...input } = twin.command;
  const fields = differingFields({ type, input }, request.command, null);
  const outcome = await twin.promise;
  const recorded = outcome.kind === "done" || outcome.kind === "refused";
  if (fields.length > 0) return recorded ? { kind: "mismatch", fields } : { kind: "busy" };
  return recorded ? { ...outcome, replayed: true } : outcome;
}
