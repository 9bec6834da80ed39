import { buildForTests } from "@/cli/testing/build-for-tests";
import { serveBuild } from "@/cli/testing/serve-build";
import type { RoleUrls } from "@/infra/postgres/roles/database-roles";
import { testSecrets } from "@/infra/testing/test-secrets";
import { claimFolder, removeRun } from "@/infra/testing/test-server";

export type ServedBank = { origin: string; pid: number; folder: string; stop(): Promise<void> };

/** The bank as `npm start` serves it: the production build in a process of its own, the application's logins, its log, seals and readers. */
export async function startBank(urls: RoleUrls, extra: Readonly<Record<string, string>> = {}): Promise<ServedBank> {
  const build = await buildForTests();
  const folder = claimFolder();
  const { signal } = new AbortController();
  const { next, origin } = await serveBuild({ build, folder, urls, secrets: testSecrets, extra, signal });
  return {
    origin,
    pid: next.identity.pid,
    folder,
    async stop() {
      await next.stop();
      await removeRun(folder);
    },
  };
}
