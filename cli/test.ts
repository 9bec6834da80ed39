import { parseArgs } from "node:util";
import { stopSignals, unlessStopped } from "@/cli/launch/stop-signals";
import { runBrowserTests } from "@/cli/testing/browser-run";
import { add, nothing, type Tally } from "@/cli/testing/tally";
import { runVitest } from "@/cli/testing/vitest-run";
import { claimFolder, clearAbandoned, removeRun } from "@/infra/testing/test-server";

export const usage = `
Usage: npm test [-- [--only unit,db,e2e] [--also-postgres <folder>] [pattern …]]

Runs every test: pure ones, those on a real PostgreSQL, those in a real browser. Needs no running Daybook and disturbs none.

  --only unit,db,e2e        only these kinds
  --also-postgres <folder>  the database tests once more, on that installation (as /usr/lib/postgresql/15)
  pattern                   only test files whose path holds it

Environment:
  CHROMIUM_PATH      the browser to use; else one is found or installed
  TEST_DATABASE_URL  a PostgreSQL where databases may be made, instead of the embedded one
`;

const kinds = ["unit", "db", "e2e"];

export async function run(args: readonly string[]): Promise<number> {
  const options = { only: { type: "string" }, "also-postgres": { type: "string" } } as const;
  const { values, positionals: patterns } = parseArgs({ args: [...args], options, allowPositionals: true });
  const only = values.only?.split(",") ?? kinds;
  const unknown = only.find((kind) => !kinds.includes(kind));
  if (unknown) throw new Error(`--only knows ${kinds.join(", ")}, not "${unknown}".`);

  const { signal, code } = stopSignals();
  await clearAbandoned();
  const folder = claimFolder();
  try {
    const tally = await unlessStopped(signal, runAll({ only, patterns, folder, signal, alsoPostgres: values["also-postgres"] }));
    console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
    return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return code();
    throw error;
  } finally {
    await removeRun(folder);
    await clearAbandoned();
  }
}

type Run = {
  only: readonly string[];
  patterns: readonly string[];
  folder: string;
  signal: AbortSignal;
  alsoPostgres: string | undefined;
};

async function runAll({ only, patterns, folder, signal, alsoPostgres }: Run): Promise<Tally> {
  const common = { patterns, folder, signal };
  const projects = only.filter((kind) => kind !== "e2e");
  let tally = nothing;
  if (projects.length > 0) tally = add(tally, await runVitest({ ...common, projects }));
  if (alsoPostgres) tally = add(tally, await runVitest({ ...common, projects: ["db"], postgresRoot: alsoPostgres }));
  if (only.includes("e2e")) tally = add(tally, await browserTally(common));
  return tally;
}

/** A server that does not start or a browser that is not there is a failure like any other: the count goes on. */
async function browserTally(options: Parameters<typeof runBrowserTests>[0]): Promise<Tally> {
  try {
    return await runBrowserTests(options);
  } catch (error) {
    if (options.signal.aborted) throw error;
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}
