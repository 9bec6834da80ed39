import { rmSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readOwnJson, writeOwnText } from "@/infra/files/own-text";
import { type OsLock, tryLock } from "@/infra/processes/os-lock.mjs";
import { runs, signal } from "@/infra/processes/process-identity";
import { hasOpen } from "@/infra/processes/processes-in-folder";

const identity = z.object({ pid: z.number().int().positive(), started: z.string() });
const note = z.object({ main: identity, server: identity, address: z.string(), host: z.string().default("") });

/** What a start writes down, so that the next one finds its address, or ends what is left of it. */
export type Running = z.infer<typeof note>;

export const noteFile = (dataDir: string) => path.join(dataDir, "running.json");
const serverLock = (dataDir: string) => path.join(dataDir, "server.lock");

const leaveMsMax = 10_000; // a server whose launcher is gone ends by itself within 5 s
const killMsMax = 5_000;
const lookEveryMs = 100;

/**
 * Waits for the web server that a killed start left behind, ends it where it does not end by itself, and returns the lock for the next one.
 * Ends a process only where it is the very one noted and holds the lock: the number alone may be any program's in another container.
 */
export async function clearLeftovers(dataDir: string, tell: (message: string) => void): Promise<OsLock> {
  let lock = tryLock(serverLock(dataDir));
  if (!lock) tell("A web server that an earlier start left behind is still there: waiting for its end.");
  const steps: readonly (NodeJS.Signals | undefined)[] = [undefined, "SIGTERM", "SIGKILL"];
  for (const name of lock ? [] : steps) {
    const left = readNote(dataDir)?.server;
    if (name && left && runs(left) && hasOpen(left.pid, serverLock(dataDir)) !== false) signal(left.pid, name);
    lock = await lockWithin(serverLock(dataDir), name ? killMsMax : leaveMsMax);
    if (lock) break;
  }
  if (!lock) throw new Error(leftElsewhere(dataDir));
  forget(dataDir);
  return lock;
}

/** Writes the note, whole or not at all. */
export function noteRunning(dataDir: string, running: Omit<Running, "host">): void {
  writeOwnText(noteFile(dataDir), JSON.stringify({ ...running, host: hostname() }));
}

/** Takes the note away after a clean stop. */
export function forget(dataDir: string): void {
  rmSync(noteFile(dataDir), { recursive: true, force: true });
}

/** A note that is cut off, garbled or somebody else's says nothing: what counts is the lock. */
export function readNote(dataDir: string): Running | undefined {
  try {
    return note.safeParse(readOwnJson(noteFile(dataDir))).data;
  } catch {
    return undefined;
  }
}

async function lockWithin(file: string, waitMsMax: number): Promise<OsLock | undefined> {
  const end = Date.now() + waitMsMax;
  for (;;) {
    const lock = tryLock(file);
    if (lock || Date.now() >= end) return lock;
    await sleep(lookEveryMs);
  }
}

function leftElsewhere(dataDir: string): string {
  const found = readNote(dataDir);
  const where = found?.host ? ` on ${found.host}` : "";
  return (
    `A web server of an earlier start still works on the data folder ${dataDir}${where}, where it cannot be seen from here. ` +
    "End it there (another container, or another machine), or set DAYBOOK_DATA to another folder."
  );
}
