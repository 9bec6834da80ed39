import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process by number *and* start: numbers are reused, so a number alone may name a stranger. */
export type ProcessIdentity = { readonly pid: number; readonly started: string };

/** The identity of a running process, or undefined when there is none with this number. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === "linux" ? startedOnLinux(pid) : ask("lstart", pid);
  return started ? { pid, started } : undefined;
}

/** Whether exactly this process still runs (a zombie does not). */
export function runs(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

/** The command line, words joined by spaces; empty when the process is gone. */
export function commandLine(pid: number): string {
  if (process.platform !== "linux") return ask("command", pid);
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** Sends a signal; false when the process had already ended. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the process has ended; false when it still runs after `waitMsMax`. */
export async function ended(identity: ProcessIdentity, waitMsMax: number): Promise<boolean> {
  const end = Date.now() + waitMsMax;
  while (runs(identity)) {
    if (Date.now() >= end) return false;
    await sleep(25);
  }
  return true;
}

function startedOnLinux(pid: number): string | undefined {
  try {
    // The command name (field 2) may hold spaces and parentheses: count fields from the last ")".
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function ask(column: string, pid: number): string {
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
