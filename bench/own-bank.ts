import type pg from "pg";
import { createPool } from "@/infra/postgres/connect";
import { oneLogin } from "@/infra/postgres/roles/database-roles";
import { createRuntime, type Runtime } from "@/infra/runtime";
import { testSecrets } from "@/infra/testing/test-secrets";
import type { BenchServer } from "./bench-server";

/** A bank as the application has it, and a pool of its owner. */
export type OwnBank = { url: string; pool: pg.Pool; runtime: Runtime; close(): Promise<void> };

export async function ownBank(server: BenchServer, name = "bank"): Promise<OwnBank> {
  const url = await server.book(name);
  const pool = createPool(url, { name: "daybook bench" });
  const runtime = createRuntime({ urls: oneLogin(url), keys: testSecrets, queueLimits: { perActorMax: 1_000 } });
  return {
    url,
    pool,
    runtime,
    async close() {
      await runtime.close();
      await pool.end();
    },
  };
}
