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
import { byRole, type DatabaseRole, databaseRoles, type RoleUrls, roleVariables } from "./postgres/roles/database-roles";
import { createStreamsUnderReview } from "./review/streams-under-review";
import { type BuildSchema, buildSchema } from "./schema/build-schema";
import { createSchemaWatch, type SchemaWatch } from "./schema/schema-watch";
import { recordSecurityEvent } from "./security-log/record-security-event";

/** Everything of which a process has one: connections, executor, what it knows of the book. */
export type Runtime = {
  /** The reader's: pages and checks, which change nothing. */
  pool: pg.Pool;
  /** Of the roles that write, each for its own work alone. Appends go through the executor's own connection. */
  pools: Readonly<Record<Exclude<DatabaseRole, "reader">, pg.Pool>>;
  reach: Reach;
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
  urls: RoleUrls;
  keys: BookKeys;
  /** Connections of each role's pool; left out: `connectionsMax`. */
  poolMax?: number;
  /** How events enter the log; seeding imports them. */
  append?: Append;
  writerSetUp?: readonly string[];
  queueLimits?: Partial<QueueLimits>;
  /** Left out: this build's. */
  schema?: BuildSchema;
};

/**
 * At most so many connections of each role at once; with the executor's, the listener's and the look-out's own a process has up to 23. An idle one is closed
 * after 30 s. The writer's pool gives out account numbers; appends never wait for it.
 */
const connectionsMax: Readonly<Record<DatabaseRole, number>> = { reader: 8, writer: 1, projector: 6, sealer: 2, identity: 3 };

const slot = Symbol.for("daybook.runtime.1");
type Holder = { [slot]?: Runtime };

/** This process's runtime. On globalThis: Next loads a module up to three times in one process, and three executors would contend. */
export function runtime(): Runtime {
  const holder = globalThis as Holder;
  holder[slot] ??= createRuntime({ urls: urlsOfProcess(), keys: secrets() });
  return holder[slot];
}

function urlsOfProcess(): RoleUrls {
  const { databaseRoleUrls: given } = env();
  const missing = databaseRoles.filter((role) => !given[role]).map((role) => roleVariables[role]);
  if (missing.length > 0) throw new Error(`${missing.join(", ")} not set: start Daybook with \`npm start\``);
  return byRole((role) => given[role] ?? "");
}

export function createRuntime(options: RuntimeOptions): Runtime {
  const { urls, keys } = options;
  const { reader: pool, ...pools } = byRole((role) =>
    createPool(urls[role], { max: options.poolMax ?? connectionsMax[role], name: `daybook ${role}` }),
  );
  const reach = createReach(urls.reader);
  pool.on("error", reach.doubt);
  pool.on("connect", (client) => client.on("error", reach.doubt));
  const log = createLogSignal(urls.reader);
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
    writer: createWriter(urls.writer, { ...(options.writerSetUp && { setUp: options.writerSetUp }), check: schema.check }),
    append: options.append ?? appendEvents,
    basis: async () => {
      const { id, zone } = await book();
      return { bookId: id, zone, build: build(), masterKey: keys.master };
    },
    onAppended: log.moved,
    onDenied: ({ actor, command, commandId }) => {
      const detail = { command: command.type, accountId: command.accountId, commandId };
      recordSecurityEvent(pools.identity, { kind: "access_refused", actor, detail }).catch((error: unknown) =>
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
      await Promise.all([pool, ...Object.values(pools)].map((one) => one.end()));
    })();
    return closed;
  };
  const onClose = (work: () => void | Promise<void>) => void closing.push(work);
  return { pool, pools, reach, keys, executor, metrics, log, schema, book, onClose, close };
}
