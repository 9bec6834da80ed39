import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { type Binaries, packagedBinaries } from "@/infra/embedded-postgres/binaries";
import { ensureCluster, superuser } from "@/infra/embedded-postgres/cluster";
import { keepRunning } from "@/infra/embedded-postgres/keep-running";
import { findPlace, type Place } from "@/infra/embedded-postgres/place";
import { findRunning, launch, type Postmaster, shutDown } from "@/infra/embedded-postgres/postmaster";
import { withLockFile } from "@/infra/processes/folder-lock";
import { identify, type ProcessIdentity, runs } from "@/infra/processes/process-identity";

/** A PostgreSQL of our own, in use by this process. */
export type EmbeddedPostgres = {
  /** The URL of the database's owner. */
  readonly ownerUrl: string;
  /** Set when the data had to go outside the clone: worth telling whoever starts it. */
  readonly outsideFolder: string | undefined;
  readonly pid: number;
  /** From now on a server that ends by itself, or is killed, is started again at the same address. Until `stop`. */
  keepRunning(tell: (message: string) => void): void;
  /** Stops the server, unless another process of Daybook still uses it. */
  stop(): Promise<void>;
};

const lockMsMax = 150_000;
const stopMsMax = 2_500; // a clean stop of everything is to take less than 5 s

/** Starts the server whose data is in `home`, or joins the one that runs there. Durable: fsync and checksums are on. */
export async function startEmbeddedPostgres(options: {
  home: string;
  database?: string;
  binaries?: Binaries;
}): Promise<EmbeddedPostgres> {
  const { home, database = "daybook" } = options;
  const place = findPlace(home, options.binaries ?? packagedBinaries());
  return withLockFile(path.join(place.home, "lock"), lockMsMax, async () => {
    const password = await ensureCluster(place);
    let server = (await findRunning(place, password)) ?? (await launch(place, password));
    const url = (name: string) => `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${name}`;
    await ensureDatabase(url("postgres"), database);
    const user = joinUsers(place);
    const ownerUrl = url(database);
    const { port } = server;
    async function revive(): Promise<void> {
      server = await withLockFile(
        path.join(place.home, "lock"),
        lockMsMax,
        async () => (await findRunning(place, password)) ?? (await launch(place, password)),
      );
      if (server.port !== port)
        throw new Error(`PostgreSQL runs at port ${server.port}, since another program took ${port}: restart Daybook.`);
    }
    let watch: { stop(): Promise<void> } | undefined;
    return {
      ownerUrl,
      outsideFolder: place.outside ? place.home : undefined,
      get pid() {
        return server.identity.pid;
      },
      keepRunning(tell) {
        watch ??= keepRunning(() => runs(server.identity), revive, tell);
      },
      async stop() {
        await watch?.stop();
        await leave(place, server, user);
      },
    };
  });
}

async function leave(place: Place, server: Postmaster, user: string): Promise<void> {
  await withLockFile(path.join(place.home, "lock"), lockMsMax, async () => {
    rmSync(user, { force: true });
    if (!othersUse(place)) await shutDown(server, stopMsMax);
  });
}

/** Whoever uses the server signs a list: the last one to leave stops it. */
function joinUsers(place: Place): string {
  const folder = path.join(place.home, "users");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = path.join(folder, `${process.pid}-${process.hrtime.bigint()}`);
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  return own;
}

function othersUse(place: Place): boolean {
  const folder = path.join(place.home, "users");
  const users = readdirSync(folder).map((name) => path.join(folder, name));
  const alive = users.filter((file) => runs(JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity));
  for (const gone of users.filter((file) => !alive.includes(file))) rmSync(gone, { force: true });
  return alive.length > 0;
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
