import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** How a process ended. */
export type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

const ends = new Set<() => void>();

/** Runs `end` when this process exits, however that comes about short of kill -9. Must not wait. Returns what takes it back. */
export function endAtExit(end: () => void): () => void {
  if (ends.size === 0) process.once("exit", endAll);
  ends.add(end);
  return () => {
    ends.delete(end);
    if (ends.size === 0) process.off("exit", endAll);
  };
}

function endAll(): void {
  for (const end of ends) end();
}

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal does not reach it. It is noted in the same moment: whatever
 * happens next, it does not outlive this process. Throws when `signal` has aborted; an abort kills it with all that it started.
 */
export function spawnOwn(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { abort?: AbortSignal },
): ChildProcess {
  const { abort, ...rest } = options;
  abort?.throwIfAborted();
  const child = spawn(command, args, { ...rest, detached: true });
  const kill = () => endGroup(child, "SIGKILL");
  const forget = endAtExit(kill);
  abort?.addEventListener("abort", kill, { once: true });
  const gone = () => {
    forget();
    abort?.removeEventListener("abort", kill);
  };
  child.once("error", gone).once("exit", gone);
  return child;
}

/** Resolves once the program has ended and what it said is read; rejects where it could not be started, or was aborted. */
export function endOf(child: ChildProcess, abort?: AbortSignal): Promise<End> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => (abort?.aborted ? reject(abort.reason) : resolve({ code, signal })));
  });
}

/** As people read it: "exit code 1", "killed by SIGKILL". */
export function describeEnd({ code, signal }: End): string {
  return signal === null ? `exit code ${code}` : `killed by ${signal}`;
}

/** Signals a child and everything it started. */
export function endGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // it has ended already
  }
}
