import { randomBytes } from "node:crypto";
import { chownSync, existsSync, lchownSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { majorVersion } from "@/infra/embedded-postgres/binaries";
import type { Place } from "@/infra/embedded-postgres/place";
import { commandFor, type RunAs } from "@/infra/embedded-postgres/run-as";
import { flushFolder, readOwnText, writeOwnText } from "@/infra/files/own-text";
import { endOf, spawnOwn } from "@/infra/processes/children";

/** The owner of the database inside the embedded server. */
export const superuser = "daybook";

/** The folder of the data files. */
export const dataFolder = (place: Pick<Place, "home">): string => path.join(place.home, "data");

/** Makes the data folder when there is none, and checks that these binaries can read it. Returns the owner's password. */
export async function ensureCluster(place: Place, abort?: AbortSignal): Promise<string> {
  const data = dataFolder(place);
  const passwordFile = path.join(place.home, "password");
  if (!existsSync(data)) await initialise(place, data, passwordFile, abort);

  const [found, wanted] = [readOwnText(path.join(data, "PG_VERSION")), majorVersion(place.binaries)];
  if (!found)
    throw new Error(
      `${data} holds no database of PostgreSQL: its PG_VERSION is missing or empty. Restore the folder, or move it away.`,
    );
  if (found !== wanted) {
    throw new Error(
      `${data} was written by PostgreSQL ${found}; this Daybook brings ${wanted}. Start it once more with the Daybook that wrote it and move ` +
        `the book by pg_dump, or set DAYBOOK_DATA to a new folder for an empty book.`,
    );
  }
  const password = readOwnText(passwordFile);
  if (!password)
    throw new Error(`${passwordFile} is missing or empty: without it the database in ${data} cannot be opened. Restore it.`);
  return password;
}

/** Under another name first, so that an interrupted start leaves nothing that looks like a database. */
async function initialise(place: Place, data: string, passwordFile: string, abort?: AbortSignal): Promise<void> {
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
  await run(command, args, place.way, abort);
  rmSync(handed, { force: true });
  writeOwnText(passwordFile, password);
  renameSync(unfinished, data);
  flushFolder(place.home);
}

async function run(command: string, args: string[], way: RunAs, abort?: AbortSignal): Promise<void> {
  const child = spawnOwn(command, args, { ...way.spawn, stdio: ["ignore", "pipe", "pipe"], ...(abort && { abort }) });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const { code, signal } = await endOf(child, abort);
  if (code !== 0) throw new Error(`initdb failed (${code ?? signal}):\n${said}`);
}

/**
 * A clone may be started by one user today and another tomorrow, and PostgreSQL insists on owning its files. Only for who holds the server's
 * lock: files must not change hands under a server at work.
 */
export function takeOver(place: Place): void {
  const folder = dataFolder(place);
  try {
    giveTo(place.way, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${folder} belongs to another user (${statSync(folder).uid}), and may not be taken over (${code}): start Daybook as before.`,
      {
        cause: error,
      },
    );
  }
}

function giveTo(way: RunAs, folder: string): void {
  const { owner } = way;
  if (!owner || statSync(folder).uid === owner.uid) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(path.join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid); // last: an interrupted hand-over is done again
}
