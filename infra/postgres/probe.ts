import { createClient } from "./connect";
import { withSessionFacts } from "./session-settings";

const rounds = 3;
const answerMsMax = 10_000;

/** What a URL leads to has no sessions; the message says so without naming the URL. */
export class NoSessions extends Error {
  constructor() {
    super(
      "leads through a pooler that changes the connection between transactions (pgbouncer: pool_mode = transaction or statement), and Daybook needs sessions: set pool_mode = session, or give the server's own address",
    );
  }
}

/**
 * Opens a URL as the application will, and returns it with what was found out about the server behind it. `direct`: it is known to be the server
 * itself. @throws what connecting throws, or `NoSessions`.
 */
export async function probe(url: string, { direct = false } = {}): Promise<string> {
  const found = await majorOf(url).then(
    (major) => ({ major, asStatement: false }),
    async (error: unknown) => {
      if (!isParameterRefused(error)) throw error;
      const asStatement = true; // a pooler that takes no settings at the start of a session
      return { major: await majorOf(withSessionFacts(url, { major: 0, asStatement })), asStatement };
    },
  );
  const known = withSessionFacts(url, found);
  if (!direct) await mustKeepSessions(known);
  return known;
}

const isParameterRefused = (error: unknown): boolean => /unsupported startup parameter/i.test(String(error));

async function majorOf(url: string): Promise<number> {
  const client = probing(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
    return Math.floor(Number(rows[0]?.version) / 10_000);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A session is one process of the server for as long as it lasts, and no other session's meanwhile. */
async function mustKeepSessions(url: string): Promise<void> {
  const [first, second] = [probing(url), probing(url)];
  const pidOf = async (client: typeof first) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    return rows[0]?.pid;
  };
  try {
    await Promise.all([first.connect(), second.connect()]);
    for (let round = 0; round < rounds; round++) {
      const before = await pidOf(first);
      await second.query("begin").catch((error: unknown) => {
        throw /statement pooling/i.test(String(error)) ? new NoSessions() : error;
      });
      if ((await pidOf(second)) === before || (await pidOf(first)) !== before) throw new NoSessions();
      await second.query("rollback");
    }
  } finally {
    await Promise.all([first.end().catch(() => {}), second.end().catch(() => {})]);
  }
}

const probing = (url: string) => createClient(url, "daybook start", { queryMsMax: answerMsMax });
