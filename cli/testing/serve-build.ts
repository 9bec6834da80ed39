import { openSync } from "node:fs";
import path from "node:path";
import { type NextServer, startNext } from "@/cli/launch/next-server";
import { testDistDir } from "@/cli/testing/build-for-tests";
import type { Secrets } from "@/infra/config/secrets";
import type { RoleUrls } from "@/infra/postgres/roles/database-roles";
import { freePort } from "@/infra/processes/free-port";

const host = "127.0.0.1";

type Options = {
  build: string;
  /** Its data folder; the server writes to `server.log` there. */
  folder: string;
  urls: RoleUrls;
  secrets: Secrets;
  extra: Readonly<Record<string, string>>;
  signal: AbortSignal;
};

/** Serves what `buildForTests` built as `npm start` would: in a process of its own, on a free port of this machine alone. */
export async function serveBuild({ folder, ...options }: Options): Promise<{ next: NextServer; origin: string; log: string }> {
  const port = await freePort();
  const log = path.join(folder, "server.log");
  const output = openSync(log, "a");
  const next = await startNext({ mode: "start", host, port, distDir: testDistDir, dataDir: folder, output, ...options });
  return { next, origin: `http://${host}:${port}`, log };
}
