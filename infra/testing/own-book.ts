import path from "node:path";
import pg from "pg";
import { migrate } from "../postgres/migrate";
import type { RoleUrls } from "../postgres/roles/database-roles";
import { urlsOf } from "../postgres/roles/role-logins";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime";
import { type OwnPostgres, type OwnPostgresOptions, startOwnPostgres } from "./own-postgres";
import { testRoles } from "./template";
import { testSecrets } from "./test-secrets";
import { claimFolder, removeRun } from "./test-server";

const rolePrefix = "daybook_faults";

export type OwnBook = Awaited<ReturnType<typeof ownBook>>;

/** An empty book on a PostgreSQL of its own, which a test may starve, stop and kill without disturbing another. Call `close()` when done. */
export async function ownBook(options: OwnPostgresOptions = {}) {
  const folder = claimFolder();
  const postgres = await startOwnPostgres(path.join(folder, "postgres"), options);
  const { logins } = testRoles(postgres.ownerUrl, rolePrefix);
  await migrate(postgres.ownerUrl, { book: { keys: testSecrets }, roles: { logins, alone: true } });
  const urls = urlsOf(logins);
  const runtimes: Runtime[] = [];
  const startRuntime = (to: RoleUrls, settings: Omit<RuntimeOptions, "urls" | "keys"> = {}): Runtime => {
    const runtime = createRuntime({ urls: to, keys: testSecrets, ...settings });
    runtimes.push(runtime);
    return runtime;
  };
  return {
    folder,
    postgres,
    urls,
    sealFile: path.join(folder, "seals"),
    /** One more process of the bank, as far as the database can tell. */
    runtime: (settings?: Omit<RuntimeOptions, "urls" | "keys">) => startRuntime(urls, settings),
    /** The same on a copy of the book. */
    onServer: ({ ownerUrl }: Pick<OwnPostgres, "ownerUrl">) => startRuntime(urlsOf(testRoles(ownerUrl, rolePrefix).logins)),
    asOwner: <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => asOwner<Row>(postgres.ownerUrl, sql, values),
    async close(): Promise<void> {
      await Promise.all(runtimes.map((runtime) => runtime.close()));
      await postgres.stop();
      await removeRun(folder);
    },
  };
}

async function asOwner<Row extends pg.QueryResultRow>(ownerUrl: string, sql: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {}); // its queries fail, which is enough
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
