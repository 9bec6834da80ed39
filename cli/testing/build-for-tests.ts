import { mkdirSync } from "node:fs";
import path from "node:path";
import { buildApp } from "@/cli/launch/build-app";
import { withLockFile } from "@/infra/processes/folder-lock";

/** Where tests and benchmarks build: beside a running Daybook, never over it. */
export const testDistDir = ".next-test";
/** Beside the runs' folders, not among them: whatever there belongs to nobody is cleared away. */
const lockFile = ".data/build-for-tests.lock";
const buildMsMax = 10 * 60_000;

/** The pages as the sources are now, built once for all who ask at a time. Returns the build's name. */
export function buildForTests(signal?: AbortSignal): Promise<string> {
  mkdirSync(".data", { recursive: true });
  const options = { distDir: testDistDir, ...(signal && { signal }) };
  return withLockFile(path.resolve(lockFile), buildMsMax, () => buildApp(options));
}
