import pg from "pg";
import { sessionOf } from "./session-settings";

// int8 as bigint: positions and counts never pass through a JS number.
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);

/** Anything that runs a query: a pool or one connection inside a transaction. */
export type Db = Pick<pg.Pool | pg.PoolClient | pg.Client, "query">;

/** Keepalives, so that a lost host does not keep its locks for the two hours of TCP's default. */
const connection = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: 10_000 } as const;

export function createPool(url: string, options: { max?: number; name?: string } = {}): pg.Pool {
  const { firstStatement, ...session } = sessionOf(url);
  const pool = new pg.Pool({
    ...session,
    ...(firstStatement && { onConnect: (client: pg.ClientBase) => client.query(firstStatement) }),
    max: options.max ?? 10,
    application_name: options.name ?? "daybook",
    idleTimeoutMillis: 30_000,
    pipeline: true, // queries of one connection that nobody awaits in between go out together: one round trip for all of them
    ...connection,
  });
  pool.on("error", () => {}); // an idle connection that dies is replaced at the next query
  pool.on("connect", outliveLoss);
  return pool;
}

/** One connection of its own. `queryMsMax`: how long one query may take before the connection counts as lost. */
export function createClient(url: string, name: string, options: { queryMsMax?: number } = {}): pg.Client {
  const limit = options.queryMsMax === undefined ? {} : { query_timeout: options.queryMsMax };
  const { firstStatement, ...session } = sessionOf(url);
  const client = new pg.Client({ ...session, application_name: name, ...connection, ...limit });
  outliveLoss(client);
  if (firstStatement) stateFirst(client, firstStatement);
  return client;
}

/** Whoever connects this client finds the statement carried out. */
function stateFirst(client: pg.Client, statement: string): void {
  const connect = client.connect.bind(client);
  client.connect = (async () => {
    await connect();
    await client.query(statement);
    return client;
  }) as typeof client.connect;
}

/**
 * A lost connection is an error of its queries, in flight and to come. Without a listener it would end the whole process as well: a pool
 * listens to its idle connections only, and one that is lent out, as in a transaction, has nobody.
 */
function outliveLoss(client: pg.ClientBase): void {
  client.on("error", () => {});
}
