import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { majorVersion } from "@/infra/embedded-postgres/binaries";
import type { Place } from "@/infra/embedded-postgres/place";
import { commandFor, type RunAs } from "@/infra/embedded-postgres/run-as";

/** The owner of the database inside the embedded server. */
export const superuser = "daybook";

/** The folder of the data files. */
export const dataFolder = (place: Place): string => path.join(place.home, "data");

/** Makes the data folder when there is none, and checks that these binaries can read it. Returns the owner's password. */
export async function ensureCluster(place: Place): Promise<string> {
  const data = dataFolder(place);
  const passwordFile = path.join(place.home, "password");
  if (!existsSync(data)) await initialise(place, data, passwordFile);
  giveTo(place.way, data);

  const [found, wanted] = [readFileSync(path.join(data, "PG_VERSION"), "utf8").trim(), majorVersion(place.binaries)];
  if (found !== wanted) {
    throw new Error(
      `${data} was written by PostgreSQL ${found}; this Daybook brings ${wanted}. Start it once more with the Daybook that wrote it and move ` +
        `the book by pg_dump, or set DAYBOOK_DATA to a new folder for an empty book.`,
    );
  }
  if (!existsSync(passwordFile))
    throw new Error(`${passwordFile} is missing: without it the database in ${data} cannot be opened.`);
  return readFileSync(passwordFile, "utf8").trim();
}

/** Under another name first, so that an interrupted start leaves nothing that looks like a database. */
async function initialise(place: Place, data: string, passwordFile: string): Promise<void> {
  const unfinished = `${data}.new`;
  const handed = path.join(place.home, "password.new");
  const password = randomBytes(24).toString("base64url");
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(handed, password, { mode: 0o600 });
  giveTo(place.way, unfinished);
  if (place.way.owner) chownSync(handed, place.way.owner.uid, place.way.owner.gid);

  const options = ["--locale=C", "--encoding=UTF8", "--data-checksums", "--auth=scram-sha-256", `--username=${superuser}`];
  const [command, args] = commandFor(place.way, place.binaries.initdb, [
    ...options,
    `--pwfile=${handed}`,
    `--pgdata=${unfinished}`,
  ]);
  await run(command, args, place.way);
  rmSync(handed, { force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  renameSync(unfinished, data);
}

function run(command: string, args: string[], way: RunAs): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...way.spawn, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed (${code}):\n${said}`))));
  });
}

/** A clone may be started by one user today and another tomorrow; PostgreSQL insists on owning its files. */
function giveTo(way: RunAs, folder: string): void {
  const { owner } = way;
  if (!owner || statSync(folder).uid === owner.uid) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(path.join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid); // last: an interrupted hand-over is done again
}
