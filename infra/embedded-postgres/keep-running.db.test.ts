import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { claimFolder, removeRun } from "@/infra/testing/test-server";
import { until } from "@/infra/testing/until";
import { startEmbeddedPostgres } from "./embedded-postgres";

const folder = claimFolder();
afterAll(() => removeRun(folder));

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {}); // asked again
  await client.connect();
  const { rowCount } = await client.query("select 1").finally(() => client.end());
  return rowCount === 1;
}

test("an embedded PostgreSQL that ended is started again at the same address; one that was stopped stays stopped", async () => {
  const server = await startEmbeddedPostgres({ home: path.join(folder, "postgres") });
  const said: string[] = [];
  server.keepRunning((message) => said.push(message));
  for (let time = 1; time <= 2; time++) {
    const { pid } = server;
    if (pid === undefined) throw new Error("The server was started here, and is not seen.");
    process.kill(pid, "SIGKILL");
    await until("it is another process", () => server.pid !== pid);
    await until("it answers where it did", () => answers(server.ownerUrl));
  }
  expect(said).toEqual([1, 2].flatMap(() => ["PostgreSQL has ended: starting it again.", "PostgreSQL runs again."]));
  await server.stop();
  await expect(answers(server.ownerUrl)).rejects.toThrow("ECONNREFUSED");
});
