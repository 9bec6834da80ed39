import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runNode } from "@/cli/launch/child";
import { sourceHash } from "@/cli/launch/source-hash";
import { step } from "@/cli/progress";

export const nextProgram = path.resolve("node_modules/next/dist/bin/next");

/** Builds the pages into `distDir` unless they are those of the sources as they are now. Returns the build's name. */
export async function buildApp(options: { distDir: string; signal?: AbortSignal }): Promise<string> {
  const { distDir, signal } = options;
  const build = sourceHash();
  const stamp = path.join(distDir, "daybook-build");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === build) return build;

  await step("Building the pages", async () => {
    rmSync(stamp, { force: true });
    if (distDir !== ".next") writeFileSync(`${distDir}.tsconfig.json`, '{ "extends": "./tsconfig.json", "include": [] }');
    // No secret and no address of a database is in reach of the build: neither can end up in it.
    const env = { ...withoutSecrets(process.env), NODE_ENV: "production" as const, DAYBOOK_DIST: distDir, DAYBOOK_BUILD: build };
    const { code, said } = await runNode([nextProgram, "build"], { env, ...(signal && { signal }) });
    if (code !== 0) throw new Error(`The build failed:\n${said.trim()}`);
    if (sourceHash() === build) writeFileSync(stamp, build); // last, and only if nobody edited meanwhile
  });
  return build;
}

/** The environment without whatever opens a database or a book. */
export function withoutSecrets(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const open = Object.entries(variables).filter(
    ([name]) => !/^(DATABASE_|DAYBOOK_SECRET_|DAYBOOK_SMTP|NEXT_SERVER_ACTIONS_|TEST_DATABASE)/.test(name),
  );
  return Object.fromEntries(open) as NodeJS.ProcessEnv;
}
