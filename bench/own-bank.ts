import type pg from "pg";
import { createPool } from "@/infra/postgres/connect";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { makeTemplate } from "@/infra/testing/template";
import { testSecrets } from "@/infra/testing/test-secrets";
import { startTestServer } from "@/infra/testing/test-server";

/** A bank on a PostgreSQL of its own, durable as any, and a wide pool of its owner for peers in the same database. */
export type OwnBank = { url: string; pool: pg.Pool; runtime: Runtime; close(): Promise<void> };

export async function ownBank(): Promise<OwnBank> {
  const server = await startTestServer();
  const { appRole: _, ...template } = await makeTemplate(server.adminUrl);
  const url = Object.assign(new URL(server.adminUrl), { pathname: `/${template.template}` }).href;
  const pool = createPool(url, { max: 64 });
  const runtime = createRuntime({ url, keys: testSecrets, queueLimits: { perActorMax: 1_000 } });
  return {
    url,
    pool,
    runtime,
    async close() {
      await runtime.close();
      await pool.end();
      await template.drop();
      await server.stop();
    },
  };
}
