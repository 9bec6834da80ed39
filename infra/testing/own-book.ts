import path from "node:path";
import pg from "pg";
import { migrate } from "../postgres/migrate";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime";
import { type OwnPostgres, type OwnPostgresOptions, startOwnPostgres } from "./own-postgres";
import { testSecrets } from "./test-secrets";
import { claimFolder, removeRun } from "./test-server";

export type OwnBook = Awaited<ReturnType<typeof ownBook>>;

const appRole = { name: "daybook_faults", password: "faults" };

/** An empty book on a PostgreSQL of its own, which a test may starve, stop and kill without disturbing another. Call `close()` when done. */
export async function ownBook(options: OwnPostgresOptions = {}) {
  const folder = claimFolder();
  const postgres = await startOwnPostgres(path.join(folder, "postgres"), options);
  await migrate(postgres.ownerUrl, { book: { keys: testSecrets }, appRole });
  const appUrl = appUrlOf(postgres.ownerUrl);
  const runtimes: Runtime[] = [];
  const startRuntime = (url: string, settings: Omit<RuntimeOptions, "url" | "keys"> = {}): Runtime => {
    const runtime = createRuntime({ url, keys: testSecrets, ...settings });
    runtimes.push(runtime);
    return runtime;
  };
  return {
    folder,
    postgres,
    appUrl,
    sealFile: path.join(folder, "seals"),
    /** One more process of the bank, as far as the database can tell. */
    runtime: (settings?: Omit<RuntimeOptions, "url" | "keys">) => startRuntime(appUrl, settings),
    /** The same on a copy of the book. */
    onServer: ({ ownerUrl }: Pick<OwnPostgres, "ownerUrl">) => startRuntime(appUrlOf(ownerUrl)),
    asOwner: <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) => asOwner<Row>(postgres.ownerUrl, sql, values),
    async close(): Promise<void> {
      await Promise.all(runtimes.map((runtime) => runtime.close()));
      await postgres.stop();
      await removeRun(folder);
    },
  };
}

/** The same server for the application's role. */
function appUrlOf(ownerUrl: string): string {
  return Object.assign(new URL(ownerUrl), { username: appRole.name, password: appRole.password }).href;
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
