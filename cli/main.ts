import { type Command, commands } from "@/cli/commands";
import { unknownVariables } from "@/infra/config/unknown-variables";
import { WrongConfiguration } from "@/infra/config/wrong-configuration";
import { exitCodes } from "@/infra/processes/exit-codes";
import { BuildTooOld } from "@/infra/schema/schema-standing";

/** Runs one command of the terminal; its exit code is the process's. */
export async function main(words: readonly string[]): Promise<void> {
  process.exitCode = await run(words);
  // Whatever a library may have left open (a pool, a timer) must not keep a finished command from ending.
  process.exit();
}

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (!name || name === "help" || name === "--help" || name === "-h") {
    console.log(overview());
    return 0;
  }
  const entry = commands.find((candidate) => candidate.name === name);
  if (!entry) {
    console.error(`There is no command "${name}".\n\n${overview()}`);
    return 2;
  }
  try {
    const command = await entry.load();
    if (args.includes("--help") || args.includes("-h")) {
      console.log(command.usage.trim());
      return 0;
    }
    for (const sentence of unknownVariables(process.env)) console.error(`  ${sentence}`);
    return await command.run(args);
  } catch (error) {
    return explain(error);
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Usage: npm run daybook -- <command> [options]",
    "",
    ...lines,
    "",
    "npm run daybook -- <command> --help says more.",
  ].join("\n");
}

/** Errors that people can act on are printed as they are; the rest with where it came from. */
function explain(error: unknown): number {
  if (!(error instanceof Error)) {
    console.error(error);
    return 1;
  }
  if (error.name === "AbortError") return 130;
  if (error instanceof BuildTooOld || error instanceof WrongConfiguration) {
    console.error(`\n${error.message}`);
    return exitCodes.doNotRestart;
  }
  const isUsage = "code" in error && typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS");
  const known = error.constructor === Error;
  console.error(`\n${known || isUsage ? error.message : error.stack}`);
  if (error.cause instanceof Error) console.error(`  because: ${error.cause.message}`);
  if (process.env.DAYBOOK_TRACE) console.error(error.stack);
  return isUsage ? 2 : 1;
}

export type { Command };
