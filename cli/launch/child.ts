import type { StdioOptions } from "node:child_process";
import { endOf, spawnOwn } from "@/infra/processes/children";

type Options = {
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  onOutput?: (text: string) => void;
  /** The descriptor of a lock that is to be held for as long as the program runs. */
  lock?: number | undefined;
};

/** Runs a program of Node's to its end and collects what it says; an abort kills it with all that it started. */
export async function runNode(args: readonly string[], options: Options): Promise<{ code: number; said: string }> {
  const { env, signal, lock } = options;
  const stdio: StdioOptions = ["ignore", "pipe", "pipe", ...(lock === undefined ? [] : [lock])];
  const child = spawnOwn(process.execPath, args, { env, stdio, ...(signal && { abort: signal }) });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      options.onOutput?.(text);
    });
  }
  const { code } = await endOf(child, signal);
  return { code: code ?? 1, said };
}
