import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ended, type ProcessIdentity, runs, signal } from "@/infra/processes/process-identity";

/** What a start writes down, so that the next one finds it, or clears what is left of it. */
export type Running = { readonly main: ProcessIdentity; readonly server: ProcessIdentity; readonly address: string };

const file = (dataDir: string) => path.join(dataDir, "running.json");

/** The Daybook that serves this data folder now, if any. */
export function findRunning(dataDir: string): Running | undefined {
  const noted = read(dataDir);
  return noted && runs(noted.main) && runs(noted.server) ? noted : undefined;
}

/** Ends what a killed start left behind. Only processes that it had written down, and that are still the same ones. */
export async function clearLeftovers(dataDir: string): Promise<boolean> {
  const noted = read(dataDir);
  if (!noted) return false;
  const left = [noted.main, noted.server].filter((one) => runs(one));
  for (const one of left) {
    signal(one.pid, "SIGTERM");
    if (!(await ended(one, 5_000))) signal(one.pid, "SIGKILL");
    await ended(one, 1_000);
  }
  forget(dataDir);
  return left.length > 0;
}

/** Writes the note, whole or not at all. */
export function note(dataDir: string, running: Running): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file(dataDir)}.new`, JSON.stringify(running));
  renameSync(`${file(dataDir)}.new`, file(dataDir));
}

/** Takes the note away after a clean stop. */
export function forget(dataDir: string): void {
  rmSync(file(dataDir), { force: true });
}

function read(dataDir: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file(dataDir), "utf8")) as Running;
  } catch {
    return undefined;
  }
}
