import { type ChildProcess, spawn } from "node:child_process";

type Options = { env: NodeJS.ProcessEnv; signal?: AbortSignal; onOutput?: (text: string) => void };

/** Runs a program of Node's to its end and collects what it says; an abort kills it with all that it started. */
export async function runNode(args: readonly string[], options: Options): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, args, { env: options.env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      options.onOutput?.(text);
    });
  }
  const code = await exitCode(child, options.signal);
  return { code, said };
}

/** Waits for a detached child; on abort its whole process group is ended. */
export function exitCode(child: ChildProcess, abort?: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const stop = () => endGroup(child, "SIGKILL");
    if (abort?.aborted) stop();
    abort?.addEventListener("abort", stop, { once: true });
    child.once("error", reject);
    child.once("close", (code) => {
      abort?.removeEventListener("abort", stop);
      if (abort?.aborted) reject(abort.reason);
      else resolve(code ?? 1);
    });
  });
}

/** Signals a detached child and everything it started. */
export function endGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // it has ended already
  }
}
