import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { dataFolder, superuser } from "@/infra/embedded-postgres/cluster";
import type { Place } from "@/infra/embedded-postgres/place";
import { commandFor } from "@/infra/embedded-postgres/run-as";
import { freePort, portIsFree } from "@/infra/processes/free-port";
import { commandLine, ended, identify, type ProcessIdentity, signal } from "@/infra/processes/process-identity";

/** A running server that has answered a connection. */
export type Postmaster = { readonly identity: ProcessIdentity; readonly port: number };

const readyMsMax = 120_000; // replaying the log after a kill can take its time
const attemptsMax = 5; // a port can be lost to another program between asking for it and using it

/** The server that already runs on this data folder, once it answers; undefined when there is none. */
export async function findRunning(place: Place, password: string): Promise<Postmaster | undefined> {
  const found = readPidFile(place);
  if (!found) return undefined;
  const identity = identify(found.pid);
  if (!identity || !isOurs(identity.pid, place)) {
    // After a reboot the number may belong to any program; PostgreSQL would then refuse to start.
    rmSync(pidFile(place), { force: true });
    return undefined;
  }
  return waitUntilReady(place, identity, password);
}

/** Starts the server in a session of its own, so that Ctrl-C in the terminal reaches Daybook alone. */
export async function launch(place: Place, password: string): Promise<Postmaster> {
  let last: unknown;
  const port = lastPort(place);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    try {
      const identity = await spawnServer(place, port && (await portIsFree(port, "127.0.0.1")) ? port : await freePort());
      const ready = identity && (await waitUntilReady(place, identity, password));
      if (ready) return ready;
      last = new Error(`PostgreSQL ended at once. The last lines of ${logFile(place)}:\n${lastLines(place)}`);
    } catch (error) {
      last = error;
    }
    await sleep(500 * (attempt + 1)); // a killed server's children need a moment to leave the shared memory
  }
  throw last;
}

/** Ends the server: connections are closed and the log is flushed; after `waitMsMax` at once, which the log makes good. */
export async function shutDown({ identity }: Postmaster, waitMsMax: number): Promise<void> {
  signal(identity.pid, "SIGINT");
  if (await ended(identity, waitMsMax)) return;
  signal(identity.pid, "SIGQUIT");
  if (await ended(identity, 2_000)) return;
  signal(identity.pid, "SIGKILL");
}

/** The server's process as its data folder names it, if it is one; needs no password. */
export function recordedPostmaster(place: Pick<Place, "home">): Postmaster | undefined {
  const found = readPidFile(place);
  const identity = found && identify(found.pid);
  return identity && isOurs(identity.pid, place) ? { identity, port: found.port } : undefined;
}

const pidFile = (place: Pick<Place, "home">) => path.join(place.home, "data/postmaster.pid");
const logFile = (place: Place) => path.join(place.home, "server.log");

/** Where it ran the last time: whoever knows that address finds it again. */
function lastPort(place: Pick<Place, "home">): number | undefined {
  try {
    const words = readFileSync(path.join(place.home, "data/postmaster.opts"), "utf8");
    const port = /"-p" "(\d+)"/.exec(words)?.[1];
    return port ? Number(port) : undefined;
  } catch {
    return undefined;
  }
}

function isOurs(pid: number, place: Pick<Place, "home">): boolean {
  const words = commandLine(pid);
  return words.includes("postgres") && words.includes(path.join(place.home, "data"));
}

function readPidFile(place: Pick<Place, "home">): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(pidFile(place), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

async function spawnServer(place: Place, port: number): Promise<ProcessIdentity | undefined> {
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
    const child = spawn(command, args, { ...place.way.spawn, env, detached: true, stdio: ["ignore", log, log] });
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    child.unref();
    return child.pid === undefined ? undefined : identify(child.pid);
  } finally {
    closeSync(log);
  }
}

async function waitUntilReady(place: Place, identity: ProcessIdentity, password: string): Promise<Postmaster | undefined> {
  const end = Date.now() + readyMsMax;
  while (identify(identity.pid)?.started === identity.started) {
    const found = readPidFile(place);
    if (found?.pid === identity.pid && found.port > 0 && (await answers(found.port, password)))
      return { identity, port: found.port };
    if (Date.now() >= end) throw new Error(`PostgreSQL did not answer within ${readyMsMax / 1000} s; see ${logFile(place)}.`);
    await sleep(25);
  }
  return undefined;
}

/** Only a signed-in connection proves that it is our server; one that is starting or stopping says "not now". */
async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: superuser,
    password,
    database: "postgres",
    connectionTimeoutMillis: 2_000,
  });
  client.on("error", () => undefined); // the connection is closed below in every case
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "28P01")
      throw new Error("The embedded PostgreSQL refuses the recorded password.", { cause: error });
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lastLines(place: Place): string {
  return readFileSync(logFile(place), "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
