import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The processes that this one started and that still run, as seen from here. Empty where the system does not tell (macOS). */
export function childrenOf(parent: number): number[] {
  if (!existsSync("/proc")) return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => parentOf(pid) === String(parent)).map(Number);
}

function parentOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
  } catch {
    return undefined; // it ended while we looked
  }
}
