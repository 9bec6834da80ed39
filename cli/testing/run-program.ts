import { endOf, spawnOwn } from "@/infra/processes/children";

type Options = { env?: Readonly<Record<string, string>>; signal: AbortSignal };

/** Runs a program of Node's that writes to the terminal; an abort ends it and all that it started. */
export async function runProgram(args: readonly string[], { env, signal }: Options): Promise<number> {
  const child = spawnOwn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
    abort: signal,
  });
  const { code } = await endOf(child, signal);
  return code ?? 1;
}
