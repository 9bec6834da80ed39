import type pg from "pg";
import { createClient } from "./connect";
import { areStated, withSessionFacts } from "./session-settings";

const rounds = 3;
const answerMsMax = 10_000;

/**
 * What a URL leads to has no sessions of its own for each connection; the message says so without
 * naming the URL.
 */
export class NoSessions extends Error {}

const changesConnections =
  "leads through a pooler that changes the connection between transactions (pgbouncer: pool_mode = transaction or statement), and Daybook needs sessions: set pool_mode = session, or give the server's own address";
const leavesTraces =
  "leads through a pooler that hands on a session as somebody left it (pgbouncer: server_reset_query is empty), and Daybook needs clean ones: set server_reset_query = DISCARD ALL, or give the server's own address";

/**
 * Opens a URL as the application will, and returns it with what was found out about the server behind it. `direct`: it is known to be the server
 * itself. @throws what connecting throws, or `NoSessions`.
 */
export async function probe(url: string, { direct = false } = {}): Promise<string> {
  const found = await lookAt(url).catch((error: unknown) => {
    if (isParameterRefused(error)) return undefined;
    throw error;
  });
  const asStatement = found?.stated !== true; // a pooler that takes no settings at the start of a session, or leaves them aside
  const { major } = found ?? (await lookAt(withSessionFacts(url, { major: 0, asStatement })));
  const known = withSessionFacts(url, { major, asStatement });
  if (!direct) await mustKeepSessions(known);
  return known;
}

const isParameterRefused = (error: unknown): boolean => /unsupported startup parameter/i.test(String(error));

async function lookAt(url: string): Promise<{ major: number; stated: boolean }> {
  const client = probing(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; stated: boolean | null }>(
      `select current_setting('server_version_num') as version, ${areStated} as stated`,
    );
    return { major: Math.floor(Number(rows[0]?.version) / 10_000), stated: rows[0]?.stated === true };
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * A session is one process of the server for as long as it lasts, no other session's meanwhile, and
 * leaves nothing to the next one.
 */
async function mustKeepSessions(url: string): Promise<void> {
  const [first, second, next] = [probing(url), probing(url), probing(url)];
  try {
    await Promise.all([first.connect(), second.connect()]);
    for (let round = 0; round < rounds; round++) await mustBeApart(first, second);
    await Promise.all([first, second].map((client) => client.query("set daybook.left_by = 'somebody'")));
    await Promise.all([first.end(), second.end()]);
    await next.connect();
    const { rows } = await next.query<{ left: string | null }>("select current_setting('daybook.left_by', true) as left");
    if (rows[0]?.left) throw new NoSessions(leavesTraces);
  } finally {
    await Promise.all([first, second, next].map((client) => client.end().catch(() => {})));
  }
}

async function mustBeApart(first: pg.Client, second: pg.Client): Promise<void> {
  const pidOf = async (client: pg.Client) => (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid;
  const before = await pidOf(first);
  if ((await pidOf(first)) !== before) throw new NoSessions(changesConnections); // connections are handed on in turn
  await second.query("begin").catch((error: unknown) => {
    throw /statement pooling/i.test(String(error)) ? new NoSessions(changesConnections) : error;
  });
  if ((await pidOf(second)) === before || (await pidOf(first)) !== before) throw new NoSessions(changesConnections);
  await second.query("rollback");
}

const probing = (url: string) => createClient(url, "daybook start", { queryMsMax: answerMsMax });
