import { openSync } from "node:fs";
import path from "node:path";
import { startNext } from "@/cli/launch/next-server";
import { buildForTests, testDistDir } from "@/cli/testing/build-for-tests";
import { freePort } from "@/infra/processes/free-port";
import { testSecrets } from "@/infra/testing/test-secrets";
import { claimFolder, removeRun } from "@/infra/testing/test-server";

const host = "127.0.0.1";

export type ServedBank = { origin: string; pid: number; folder: string; stop(): Promise<void> };

/** The bank as `npm start` serves it: the production build in a process of its own, the application's role, its log, seals and readers. */
export async function startBank(appUrl: string, extra: Readonly<Record<string, string>> = {}): Promise<ServedBank> {
  const build = await buildForTests();
  const folder = claimFolder();
  const port = await freePort();
  const next = await startNext({
    mode: "start",
    host,
    port,
    distDir: testDistDir,
    dataDir: folder,
    appUrl,
    secrets: testSecrets,
    build,
    signal: new AbortController().signal,
    extra,
    output: openSync(path.join(folder, "server.log"), "a"),
  });
  return {
    origin: `http://${host}:${port}`,
    pid: next.identity.pid,
    folder,
    async stop() {
      await next.stop();
      await removeRun(folder);
    },
  };
}
