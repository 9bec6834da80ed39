import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runNode } from "@/cli/launch/child";
import { sourceHash } from "@/cli/launch/source-hash";
import { step } from "@/cli/progress";
import { readOwnText, writeOwnText } from "@/infra/files/own-text";
import { withLock } from "@/infra/processes/os-lock.mjs";

export const nextProgram = path.resolve("node_modules/next/dist/bin/next");

const otherBuildMsMax = 15 * 60_000;

/**
 * Builds the pages into `distDir` unless they are those of the sources as they are now. Returns the build's name. One at a time: the lock is
 * held by the build itself, so that a start does not build over one whose launcher was killed.
 */
export async function buildApp(options: { distDir: string; signal?: AbortSignal }): Promise<string> {
  const { distDir, signal } = options;
  const build = sourceHash();
  const stamp = path.join(distDir, "daybook-build");
  if (readOwnText(stamp) === build) return build;

  const tell = (holder: string) => console.error(`  Another build into ${distDir} is under way (${holder}): waiting for it.`);
  await withLock(
    `${distDir === ".next" ? ".next-start" : distDir}.lock`,
    { waitMsMax: otherBuildMsMax, signal, tell },
    async ({ fd }) => {
      if (readOwnText(stamp) !== build)
        await step("Building the pages", () => buildNow({ distDir, build, stamp, signal, lock: fd }));
    },
  );
  return build;
}

type Build = { distDir: string; build: string; stamp: string; signal: AbortSignal | undefined; lock: number };

async function buildNow({ distDir, build, stamp, signal, lock }: Build): Promise<void> {
  rmSync(stamp, { force: true });
  if (distDir !== ".next") writeFileSync(`${distDir}.tsconfig.json`, '{ "extends": "./tsconfig.json", "include": [] }');
  // No secret and no address of a database is in reach of the build: neither can end up in it.
  const env = { ...withoutSecrets(process.env), NODE_ENV: "production" as const, DAYBOOK_DIST: distDir, DAYBOOK_BUILD: build };
  const { code, said } = await runNode([nextProgram, "build"], { env, lock, ...(signal && { signal }) });
  if (code !== 0) throw new Error(`The build failed:\n${said.trim()}`);
  if (sourceHash() === build) writeOwnText(stamp, build); // last, and only if nobody edited meanwhile
}

/** The environment without whatever opens a database or a book. */
export function withoutSecrets(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const open = Object.entries(variables).filter(
    ([name]) => !/^(DATABASE_|DAYBOOK_SECRET_|DAYBOOK_SMTP|NEXT_SERVER_ACTIONS_|TEST_DATABASE)/.test(name),
  );
  return Object.fromEntries(open) as NodeJS.ProcessEnv;
}
