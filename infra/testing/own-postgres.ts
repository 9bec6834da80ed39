import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { binariesIn, packagedBinaries } from "@/infra/embedded-postgres/binaries";
import { dataFolder, ensureCluster, superuser, takeOver } from "@/infra/embedded-postgres/cluster";
import { findPlace } from "@/infra/embedded-postgres/place";
import { commandFor } from "@/infra/embedded-postgres/run-as";
import { freePort } from "@/infra/processes/free-port";
import { identify, type ProcessIdentity, runs, signal } from "@/infra/processes/process-identity";
import { childrenOf } from "@/infra/testing/children-of";
import { waitMsMax } from "@/infra/testing/patience";

/** A PostgreSQL that is killed, frozen and started again, always on the same port. Durable: fsync and checksums are on. */
export type OwnPostgres = Awaited<ReturnType<typeof startOwnPostgres>>;

const libfaketime = [
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
].find(existsSync);

export type OwnPostgresOptions = {
  /** Further settings, as "autovacuum=off". */
  settings?: readonly string[];
  port?: number;
  /** Its clock can be stepped, where the machine has libfaketime. */
  stepped?: boolean;
};

export async function startOwnPostgres(home: string, options: OwnPostgresOptions = {}) {
  const root = process.env.TEST_POSTGRES_ROOT;
  const place = findPlace(home, root ? binariesIn(root) : packagedBinaries());
  const password = await ensureCluster(place);
  takeOver(place);
  const port = options.port ?? (await freePort());
  const faketime = options.stepped ? libfaketime : undefined;
  const clockFile = path.join(place.home, "clock");
  writeFileSync(clockFile, "+0\n", { mode: 0o644 });
  const ownerUrl = `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  let server: ProcessIdentity | undefined;

  function spawnOnce(): ProcessIdentity | undefined {
    const fixed = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "max_connections=100"];
    const settings = [...fixed, ...(options.settings ?? [])].flatMap((setting) => ["-c", setting]);
    const [command, args] = commandFor(place.way, place.binaries.postgres, [
      "-D",
      dataFolder(place),
      "-p",
      String(port),
      ...settings,
    ]);
    const faked = faketime && {
      LD_PRELOAD: faketime,
      FAKETIME_TIMESTAMP_FILE: clockFile,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
    const log = openSync(path.join(place.home, "server.log"), "a", 0o600);
    try {
      const env = { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, LC_ALL: "C", ...faked };
      const child = spawn(command, args, { ...place.way.spawn, env, detached: true, stdio: ["ignore", log, log] });
      child.on("error", () => {}); // it never got ready, which is said below
      child.unref();
      return child.pid === undefined ? undefined : identify(child.pid);
    } finally {
      closeSync(log);
    }
  }

  /** Starts the server, or what is left of it after a kill; resolves when it answers. */
  async function start(): Promise<void> {
    const end = Date.now() + waitMsMax;
    while (Date.now() < end) {
      if (!server || !runs(server)) server = spawnOnce(); // a killed one's children need a moment to leave the shared memory
      if (await answers(ownerUrl)) return;
      await sleep(100);
    }
    throw new Error(`PostgreSQL did not answer within ${waitMsMax / 1000} s; see ${path.join(place.home, "server.log")}`);
  }

  await start();
  return {
    home: place.home,
    /** Who must own its files, as seen from outside; undefined: whoever runs this. */
    fileOwner: place.way.owner,
    port,
    ownerUrl,
    clock: faketime ? ("libfaketime" as const) : ("real" as const),
    start,
    /** kill -9 of the server and everything it started: what a power cut leaves, but for the disk's own cache. */
    kill(): void {
      if (!server) return;
      const children = childrenOf(server.pid);
      for (const pid of [server.pid, ...children]) signal(pid, "SIGKILL");
    },
    /** Backends and helpers of the server. */
    children: (): readonly number[] => (server ? childrenOf(server.pid) : []),
    /** Whether the server process is there. */
    runs: (): boolean => server !== undefined && runs(server),
    /** Moves what the server takes for the time; it counts from now. Nothing without `stepped` and libfaketime. */
    stepClock(seconds: number): void {
      writeFileSync(clockFile, `${seconds >= 0 ? "+" : ""}${seconds}\n`);
    },
    async stop(): Promise<void> {
      if (!server) return;
      signal(server.pid, "SIGINT");
      for (const end = Date.now() + waitMsMax; Date.now() < end && runs(server); ) await sleep(50);
      if (runs(server)) this.kill();
    },
    remove(): void {
      rmSync(place.home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  client.on("error", () => {}); // it is asked again
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
