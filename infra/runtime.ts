import type pg from "pg";
import { type Book, readBook } from "./book/book";
import type { BookKeys } from "./book/ensure-book";
import type { QueueLimits } from "./commands/executor/command-queue";
import { createExecutor, type Executor } from "./commands/executor/executor";
import { createWriter } from "./commands/executor/writer";
import { build } from "./config/build";
import { env } from "./config/env";
import { secrets } from "./config/secrets";
import { type Append, appendEvents } from "./event-log/append";
import { createLogSignal, type LogSignal } from "./event-log/log-signal";
import { logger } from "./logging/logger";
import { type CommandMetrics, createCommandMetrics } from "./metrics/command-metrics";
import { createPool } from "./postgres/connect";
import { createReach, type Reach } from "./postgres/reach";
import { createStreamsUnderReview } from "./review/streams-under-review";
import { type BuildSchema, buildSchema } from "./schema/build-schema";
import { createSchemaWatch, type SchemaWatch } from "./schema/schema-watch";
import { recordSecurityEvent } from "./security-log/record-security-event";

/** Everything of which a process has one: connections, executor, what it knows of the book. */
export type Runtime = {
  pool: pg.Pool;
  reach: Reach;
  url: string;
  keys: BookKeys;
  executor: Executor;
  metrics: CommandMetrics;
  log: LogSignal;
  schema: SchemaWatch;
  book: () => Promise<Book>;
  /** Runs when the runtime closes, before its connections do: event streams, loops. */
  onClose: (work: () => void | Promise<void>) => void;
  close: () => Promise<void>;
};

export type RuntimeOptions = {
  url: string;
  keys: BookKeys;
  poolMax?: number;
  /** How events enter the log; seeding imports them. */
  append?: Append;
  writerSetUp?: readonly string[];
  queueLimits?: Partial<QueueLimits>;
  /** Left out: this build's. */
  schema?: BuildSchema;
};

const slot = Symbol.for("daybook.runtime.1");
type Holder = { [slot]?: Runtime };

/** This process's runtime. On globalThis: Next loads a module up to three times in one process, and three executors would contend. */
export function runtime(): Runtime {
  const holder = globalThis as Holder;
  holder[slot] ??= createRuntime({ url: appUrl(), keys: secrets() });
  return holder[slot];
}

function appUrl(): string {
  const url = env().databaseAppUrl;
  if (!url) throw new Error("DATABASE_APP_URL is not set: start Daybook with `npm start`");
  return url;
}

export function createRuntime(options: RuntimeOptions): Runtime {
  const { url, keys } = options;
  const pool = createPool(url, options.poolMax === undefined ? {} : { max: options.poolMax });
  const reach = createReach(url);
  pool.on("error", reach.doubt);
  pool.on("connect", (client) => client.on("error", reach.doubt));
  const log = createLogSignal(url);
  const schema = createSchemaWatch({ db: pool, own: options.schema ?? buildSchema, onMoved: log.onSchemaMoved });
  const closing: (() => void | Promise<void>)[] = [];
  let known: Promise<Book> | undefined;
  const book = () => {
    known ??= readBook(pool).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const metrics = createCommandMetrics();
  const executor = createExecutor({
    metrics,
    review: createStreamsUnderReview(),
    writer: createWriter(url, { ...(options.writerSetUp && { setUp: options.writerSetUp }), check: schema.check }),
    append: options.append ?? appendEvents,
    basis: async () => {
      const { id, zone } = await book();
      return { bookId: id, zone, build: build(), masterKey: keys.master };
    },
    onAppended: log.moved,
    onDenied: ({ actor, command, commandId }) => {
      const detail = { command: command.type, accountId: command.accountId, commandId };
      recordSecurityEvent(pool, { kind: "access_refused", actor, detail }).catch((error: unknown) =>
        logger.error({ err: error }, "security log"),
      );
    },
    onError: (err, context) => logger.error({ err, context }, "executor"),
    ...(options.queueLimits && { limits: options.queueLimits }),
  });

  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= (async () => {
      await Promise.allSettled(closing.map(async (work) => work()));
      schema.close();
      await executor.close();
      log.close();
      await reach.close();
      await pool.end();
    })();
    return closed;
  };
  return { pool, reach, url, keys, executor, metrics, log, schema, book, onClose: (work) => void closing.push(work), close };
}
