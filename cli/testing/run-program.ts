import { spawn } from "node:child_process";
import { exitCode } from "@/cli/launch/child";

type Options = { env?: Readonly<Record<string, string>>; signal: AbortSignal };

/** Runs a program of Node's that writes to the terminal; an abort ends it and all that it started. */
export function runProgram(args: readonly string[], { env, signal }: Options): Promise<number> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  return exitCode(child, signal);
}
