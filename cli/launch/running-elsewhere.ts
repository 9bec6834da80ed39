import { existsSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { noteFile, type Running, readNote } from "@/cli/launch/running";
import { holderOf, type OsLock, tryLock } from "@/infra/processes/os-lock.mjs";

const runLock = (dataDir: string) => path.join(dataDir, "running.lock");

const stopMsMax = 10_000; // a clean stop takes less than 5 s
const lookEveryMs = 100;

/**
 * Held for as long as a Daybook serves this data folder; undefined where another one does, here or in another container. One without a note
 * has not begun to serve, or stops: its end is waited for.
 */
export async function tryRunLock(dataDir: string, signal: AbortSignal): Promise<OsLock | undefined> {
  const end = Date.now() + stopMsMax;
  for (;;) {
    signal.throwIfAborted();
    const lock = tryLock(runLock(dataDir));
    if (lock || readNote(dataDir) || Date.now() >= end) return lock;
    await sleep(lookEveryMs);
  }
}

/** The note of the Daybook that serves this data folder now; undefined where none does, or its note cannot be read. */
export function findRunning(dataDir: string): Running | undefined {
  if (!existsSync(runLock(dataDir))) return undefined;
  const free = tryLock(runLock(dataDir));
  free?.release();
  return free ? undefined : readNote(dataDir);
}

/** What to say of the Daybook that serves this data folder, and the exit code: on another machine its address is of no use here. */
export function otherRun(dataDir: string): { words: string; code: number } {
  const found = readNote(dataDir);
  if (found && (found.host === hostname() || found.host === ""))
    return { words: `Daybook already runs at ${found.address}`, code: 0 };
  const where = found ? `${found.address} on ${found.host}` : `its note ${noteFile(dataDir)} cannot be read`;
  const words =
    `Another Daybook runs on the data folder ${dataDir} (${holderOf(runLock(dataDir))}): ${where}. ` +
    "End it there, or set DAYBOOK_DATA to another folder.";
  return { words, code: 1 };
}
