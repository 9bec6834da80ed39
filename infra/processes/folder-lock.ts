import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, type ProcessIdentity, runs } from "@/infra/processes/process-identity";

/** Runs `work` while holding a lock file. A lock left by a process that is gone is taken over. Throws after `waitMsMax`. */
export async function withLockFile<T>(file: string, waitMsMax: number, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + waitMsMax;
  while (!take(file)) {
    if (Date.now() >= end) throw new Error(`${file} has been held by another process for ${Math.round(waitMsMax / 1000)} s.`);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    linkSync(own, file); // a link is made whole or not at all: nobody reads half a lock
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = readHolder(file);
    if (holder && !runs(holder)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
