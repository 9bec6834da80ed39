import { existsSync, readFileSync } from "node:fs";

/** How many tests passed and failed. */
export type Tally = { readonly passed: number; readonly failed: number };

export const nothing: Tally = { passed: 0, failed: 0 };

export const add = (a: Tally, b: Tally): Tally => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };

/** Reads Vitest's report. A file that could not even be loaded counts as one failure, and so does a run without report. */
export function vitestTally(file: string, exitCode: number): Tally {
  const report = read<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    (one) => one.status === "failed" && !one.assertionResults.some(({ status }) => status === "failed"),
  );
  return atLeastOne({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }, exitCode);
}

/** Reads Playwright's report; a test that passed only when tried again counts as failed. */
export function playwrightTally(file: string, exitCode: number): Tally {
  const report = read<PlaywrightReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return atLeastOne({ passed: expected, failed: unexpected + flaky + report.errors.length }, exitCode);
}

/** A program that says it failed did so, whatever its report says. */
function atLeastOne(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function read<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}
