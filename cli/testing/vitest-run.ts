import path from "node:path";
import { runProgram } from "@/cli/testing/run-program";
import { type Tally, vitestTally } from "@/cli/testing/tally";

type Options = {
  projects: readonly string[];
  patterns: readonly string[];
  folder: string;
  postgresRoot?: string;
  signal: AbortSignal;
};

/** Runs Vitest's projects, on the embedded PostgreSQL or on an installation of another version. */
export async function runVitest({ projects, patterns, folder, postgresRoot, signal }: Options): Promise<Tally> {
  const report = path.join(folder, `vitest${postgresRoot ? "-other" : ""}.json`);
  const program = path.resolve("node_modules/vitest/vitest.mjs");
  const chosen = projects.map((project) => `--project=${project}`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const allowed = patterns.length > 0 ? ["--passWithNoTests"] : [];
  const env = { NODE_ENV: "test", ...(postgresRoot && { TEST_POSTGRES_ROOT: postgresRoot }) };
  const code = await runProgram([program, "run", ...chosen, ...reporters, ...allowed, ...patterns], { env, signal });
  return vitestTally(report, code);
}
