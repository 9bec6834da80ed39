import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { answersFor } from "@/infra/embedded-postgres/answers";
import { type Binaries, packagedBinaries } from "@/infra/embedded-postgres/binaries";
import { ensureCluster, superuser } from "@/infra/embedded-postgres/cluster";
import { keepRunning } from "@/infra/embedded-postgres/keep-running";
import { findPlace, type Place } from "@/infra/embedded-postgres/place";
import { joinOrLaunch, type Postmaster, shutDown } from "@/infra/embedded-postgres/postmaster";
import { joinUsers, othersUse, type ServerUser } from "@/infra/embedded-postgres/server-users";
import { endAtExit } from "@/infra/processes/children";
import { withLock } from "@/infra/processes/os-lock.mjs";
import { type ProcessIdentity, runs, signal } from "@/infra/processes/process-identity";

/** A PostgreSQL of our own, in use by this process. */
export type EmbeddedPostgres = {
  /** The URL of the database's owner. */
  readonly ownerUrl: string;
  /** Set when the data had to go outside the clone: worth telling whoever starts it. */
  readonly outsideFolder: string | undefined;
  /** The server's process; undefined where it was started in a PID namespace that is not seen from here. */
  readonly pid: number | undefined;
  /** From now on a server that ends by itself, or is killed, is started again at the same address. Until `stop`. */
  keepRunning(tell: (message: string) => void): void;
  /** Stops the server, unless another process of Daybook still uses it. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  home: string;
  database?: string;
  binaries?: Binaries;
  /** Ends the start. What was started by then is stopped at the latest when this process exits. */
  abort?: AbortSignal | undefined;
  /** Hears why a start has to wait. */
  tell?: ((message: string) => void) | undefined;
};

const lockMsMax = 150_000;
const stopMsMax = 2_500; // a clean stop of everything is to take less than 5 s
const unseenLooks = 5; // one that cannot be seen is asked; a busy one may be slow to answer

/** Starts the server whose data is in `home`, or joins the one that runs there. Durable: fsync and checksums are on. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { home, database = "daybook" } = options;
  mkdirSync(home, { recursive: true });
  return alone(options, async () => {
    const place = findPlace(home, options.binaries ?? packagedBinaries());
    const password = await ensureCluster(place, options.abort);
    const user = joinUsers(place);
    const stay = stayOnlyAsUser(place, user);
    try {
      const join = { abort: options.abort, onSpawn: stay.spawned, tell: options.tell };
      const server = await joinOrLaunch(place, password, join);
      const url = (name: string) => `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${name}`;
      await ensureDatabase(url("postgres"), database);
      return inUse({ ...options, place, password, user, server, stay, ownerUrl: url(database) });
    } catch (error) {
      stay.leaveNow();
      throw error;
    }
  });
}

type InUse = EmbeddedOptions & {
  place: Place;
  password: string;
  user: ServerUser;
  server: Postmaster;
  stay: Stay;
  ownerUrl: string;
};

function inUse(options: InUse): EmbeddedPostgres {
  const { place, password, user, stay, ownerUrl } = options;
  let server = options.server;
  const { port } = server;
  let watch: { stop(): Promise<void> } | undefined;

  async function revive(): Promise<void> {
    server = await alone(options, () => joinOrLaunch(place, password, { onSpawn: stay.spawned }));
    if (server.port !== port)
      throw new Error(`PostgreSQL runs at port ${server.port}, since another program took ${port}: restart Daybook.`);
  }

  async function isThere(): Promise<boolean> {
    if (server.identity) return runs(server.identity);
    for (let look = 0; look < unseenLooks; look += 1) {
      if (await answersFor(place, port, password)) return true;
      await sleep(200);
    }
    return false;
  }

  return {
    ownerUrl,
    outsideFolder: place.outside ? place.home : undefined,
    get pid() {
      return server.identity?.pid;
    },
    keepRunning(tell) {
      watch ??= keepRunning(isThere, revive, tell);
    },
    async stop() {
      await watch?.stop();
      await alone({ home: options.home }, async () => {
        user.leave();
        if (server.identity && !othersUse(place)) await shutDown(server.identity, stopMsMax);
      });
      stay.forget();
    },
  };
}

/** Whatever makes, finds, starts or leaves a server of this folder does so one at a time. */
function alone<T>({ home, abort, tell }: Pick<EmbeddedOptions, "home" | "abort" | "tell">, work: () => Promise<T>): Promise<T> {
  const told = (holder: string) => tell?.(`Waiting for another start or stop of the database in ${home} (${holder}).`);
  return withLock(path.join(home, "work.lock"), { waitMsMax: lockMsMax, signal: abort, tell: told }, work);
}

type Stay = { spawned(server: ProcessIdentity): void; leaveNow(): void; forget(): void };

/** A start that is ended at any moment leaves no server behind that nobody uses. */
function stayOnlyAsUser(place: Place, user: ServerUser): Stay {
  let started: ProcessIdentity | undefined;
  const leaveNow = () => {
    forget();
    user.leave();
    if (started && runs(started) && !othersUse(place)) signal(started.pid, "SIGINT");
  };
  const forget = endAtExit(leaveNow);
  return {
    spawned: (server) => {
      started = server;
    },
    leaveNow,
    forget,
  };
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
