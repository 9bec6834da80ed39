import { readdirSync, statSync } from "node:fs";
import { identify } from "@/infra/processes/process-identity";

/**
 * The processes that work in this very folder, as far as they can be seen from here: a server of PostgreSQL and its children do, in their
 * data folder. Empty where the system does not tell (macOS).
 */
export function processesIn(folder: string): readonly number[] {
  if (process.platform !== "linux") return [];
  const wanted = statSync(folder, { bigint: true });
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => isSame(`/proc/${pid}/cwd`, wanted))
    .map(Number)
    .filter((pid) => identify(pid));
}

/** Whether a process has this very file open; undefined where the system does not tell. */
export function hasOpen(pid: number, file: string): boolean | undefined {
  if (process.platform !== "linux") return undefined;
  const wanted = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (!wanted) return false;
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => isSame(`/proc/${pid}/fd/${fd}`, wanted));
  } catch {
    return false; // it is gone, or somebody else's
  }
}

function isSame(link: string, wanted: { dev: bigint; ino: bigint }): boolean {
  try {
    const found = statSync(link, { bigint: true });
    return found.dev === wanted.dev && found.ino === wanted.ino;
  } catch {
    return false; // it ended while we looked, or is somebody else's
  }
}
