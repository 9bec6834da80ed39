import { buildApp } from "@/cli/launch/build-app";

/** Where tests and benchmarks build: beside a running Daybook, never over it. */
export const testDistDir = ".next-test";

/** The pages as the sources are now, built once for all who ask at a time. Returns the build's name. */
export function buildForTests(signal?: AbortSignal): Promise<string> {
  return buildApp({ distDir: testDistDir, ...(signal && { signal }) });
}
