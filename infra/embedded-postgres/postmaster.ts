import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answersFor } from "@/infra/embedded-postgres/answers";
import { dataFolder, takeOver } from "@/infra/embedded-postgres/cluster";
import type { Place } from "@/infra/embedded-postgres/place";
import { lastPort, pidFile, recorded, visibleServer } from "@/infra/embedded-postgres/postmaster-file";
import { commandFor } from "@/infra/embedded-postgres/run-as";
import { type ServerLock, serverHolder, tryServerLock } from "@/infra/embedded-postgres/server-lock";
import { freePort, portIsFree } from "@/infra/processes/free-port";
import { ended, identify, type ProcessIdentity, runs, signal } from "@/infra/processes/process-identity";
import { processesIn } from "@/infra/processes/processes-in-folder";

/** A server that has answered a connection. Its process is undefined where it runs in a PID namespace that is not seen from here. */
export type Postmaster = { readonly identity: ProcessIdentity | undefined; readonly port: number };

export type LaunchOptions = {
  readonly abort?: AbortSignal | undefined;
  /** Called in the moment in which a server of our own is started, before it answers. */
  readonly onSpawn?: (server: ProcessIdentity) => void;
  /** Hears why this has to wait. */
  readonly tell?: ((message: string) => void) | undefined;
};

const readyMsMax = 120_000; // replaying the log after a kill can take its time
const unseenMsMax = 15_000; // for one that holds the folder, does not answer, and cannot be seen working
const abandonedMsMax = 1_500;
const lookEveryMs = 200;
const attemptsMax = 5; // a port can be lost to another program between asking for it and using it

/**
 * Joins the server of this folder, or starts it. A server runs under a lock of the operating system that lives as long as any of its
 * processes: only a lock that is free proves that the folder is ours, and what an earlier server left in it stale.
 */
export async function joinOrLaunch(place: Place, password: string, options: LaunchOptions = {}): Promise<Postmaster> {
  const began = Date.now();
  let told = false;
  for (;;) {
    options.abort?.throwIfAborted();
    const lock = tryServerLock(place);
    try {
      const port = recorded(place)?.port;
      if (port !== undefined && (await answersFor(place, port, password))) return { identity: visibleServer(place), port };
      // Without a lock, yet at work here: one that an earlier build started, or whose lock file was deleted.
      if (lock && !isSeenAtWork(place)) {
        rmSync(pidFile(place), { recursive: true, force: true }); // PostgreSQL would take any program of that number for its like, and refuse to start
        takeOver(place);
        return await launch(place, password, lock, options);
      }
    } finally {
      lock?.release();
    }
    const limitMs = isSeenAtWork(place) ? readyMsMax : unseenMsMax;
    if (Date.now() - began >= limitMs) throw new Error(inUse(place));
    if (!told)
      options.tell?.(
        `The database folder ${place.home} is in use (${who(place)}): waiting for its PostgreSQL to answer, or to end.`,
      );
    told = true;
    await sleep(lookEveryMs);
  }
}

/** Ends the server: connections are closed and the log is flushed; after `waitMsMax` at once, which the log makes good. */
export async function shutDown(identity: ProcessIdentity, waitMsMax: number): Promise<void> {
  if (!runs(identity)) return;
  signal(identity.pid, "SIGINT");
  if (await ended(identity, waitMsMax)) return;
  signal(identity.pid, "SIGQUIT");
  if (await ended(identity, 2_000)) return;
  signal(identity.pid, "SIGKILL");
}

/** Starts the server in a session of its own, so that Ctrl-C in the terminal reaches Daybook alone. */
async function launch(place: Place, password: string, lock: ServerLock, options: LaunchOptions): Promise<Postmaster> {
  let last: unknown;
  const known = lastPort(place);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    options.abort?.throwIfAborted();
    let spawned: ProcessIdentity | undefined;
    const onSpawn = (identity: ProcessIdentity) => {
      spawned = identity;
      options.onSpawn?.(identity);
    };
    try {
      const port = known && (await portIsFree(known, "127.0.0.1")) ? known : await freePort();
      const identity = await spawnServer(place, port, lock, onSpawn);
      if (identity && (await isReady(place, identity, port, password, options.abort))) return { identity, port };
      last = new Error(`PostgreSQL ended at once. The last lines of ${logFile(place)}:\n${lastLines(place)}`);
    } catch (error) {
      if (spawned) await shutDown(spawned, abandonedMsMax);
      options.abort?.throwIfAborted();
      last = error;
    }
    await sleep(500 * (attempt + 1)); // a killed server's children need a moment to leave the shared memory
  }
  throw last;
}

const logFile = (place: Place) => path.join(place.home, "server.log");

function isSeenAtWork(place: Place): boolean {
  return processesIn(dataFolder(place)).length > 0 || visibleServer(place) !== undefined;
}

/** Who works in the folder, as far as it can be seen or read. */
function who(place: Place): string {
  const seen = processesIn(dataFolder(place));
  return seen.length > 0 ? `process${seen.length > 1 ? "es" : ""} ${seen.join(", ")}` : serverHolder(place);
}

function inUse(place: Place): string {
  return (
    `The database folder ${place.home} is in use (${who(place)}), and its PostgreSQL does not answer here. Two on one folder would destroy the book, ` +
    "so this one does not start. End Daybook where it runs, in another container or on another machine perhaps, or set DAYBOOK_DATA to a folder " +
    "of its own."
  );
}

async function spawnServer(place: Place, port: number, lock: ServerLock, onSpawn?: (server: ProcessIdentity) => void) {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
    "log_timezone=UTC",
    "max_connections=200",
  ];
  const options = ["-D", dataFolder(place), "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const [command, args] = commandFor(place.way, place.binaries.postgres, options);
  const log = openSync(logFile(place), "a", 0o600);
  try {
    const { PATH, NODE_ENV } = process.env; // no more than this: the environment may hold secrets
    const env = { PATH, NODE_ENV, LC_ALL: "C" };
    // The server and all its children inherit the lock's descriptors, and so the lock.
    const stdio = ["ignore", log, log, ...lock.descriptors] as const;
    const child = spawn(command, args, { ...place.way.spawn, env, detached: true, stdio: [...stdio] });
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity) onSpawn?.(identity);
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    return identity;
  } finally {
    closeSync(log);
  }
}

async function isReady(place: Place, identity: ProcessIdentity, port: number, password: string, abort?: AbortSignal) {
  const end = Date.now() + readyMsMax;
  while (runs(identity)) {
    abort?.throwIfAborted();
    const found = recorded(place);
    if (found?.pid === identity.pid && found.port === port && (await answersFor(place, port, password))) return true;
    if (Date.now() >= end) throw new Error(`PostgreSQL did not answer within ${readyMsMax / 1000} s; see ${logFile(place)}.`);
    await sleep(25);
  }
  return false;
}

function lastLines(place: Place): string {
  return readFileSync(logFile(place), "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
