import { createHash, randomUUID } from "node:crypto";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Binaries, binariesIn } from "@/infra/embedded-postgres/binaries";
import { type RunAs, waysToRun, worksFor } from "@/infra/embedded-postgres/run-as";
import { readOwnText, writeOwnText } from "@/infra/files/own-text";

/** Where a server lives and who runs it. `home` holds `data/`, the log, the password and who uses it. */
export type Place = { readonly home: string; readonly outside: boolean; readonly binaries: Binaries; readonly way: RunAs };

/**
 * Finds a user who can run PostgreSQL in `home`; where none can (root, below a closed folder, no user namespaces), a folder
 * of its own under /var/tmp, with a copy of the binaries. Such a folder carries the mark of `home`, so that it is never another clone's.
 * Makes what is missing: for one process at a time.
 */
export function findPlace(home: string, binaries: Binaries): Place {
  const isRoot = process.getuid?.() === 0;
  mkdirSync(home, { recursive: true });
  chmodSync(home, isRoot ? 0o711 : 0o700); // as root, the server's user has to pass through to its data
  const ways = waysToRun();
  const marked = existsSync(path.join(home, "outside"));
  const way = marked ? undefined : ways.find((candidate) => worksFor(candidate, binaries, home));
  if (way) return { home, outside: false, binaries, way };
  if (!isRoot) throw new Error(`PostgreSQL cannot run from ${binaries.root} with its data in ${home}.`);
  return outsidePlace(home, binaries, ways);
}

/** Where the data of `home` goes when nobody but root can reach `home`. */
export function outsideFolderOf(home: string): string {
  return path.join("/var/tmp", `daybook-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`);
}

function outsidePlace(home: string, binaries: Binaries, ways: readonly RunAs[]): Place {
  const outside = outsideFolderOf(home);
  mkdirSync(outside, { recursive: true, mode: 0o711 });
  const found = lstatSync(outside);
  if (!found.isDirectory() || found.uid !== 0)
    throw new Error(`${outside} belongs to somebody else: remove it, or set DAYBOOK_DATA.`);
  chmodSync(outside, 0o711);
  checkMark(home, outside);
  const copy = path.join(outside, "binaries");
  if (!existsSync(path.join(copy, "complete"))) {
    cpSync(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    writeOwnText(path.join(copy, "complete"), "");
  }
  const copied = binariesIn(copy);
  const way = ways.find((candidate) => worksFor(candidate, copied, outside));
  if (!way)
    throw new Error(
      `PostgreSQL refuses to run as root and no other user could be used. Start Daybook as an ordinary user, or set DATABASE_URL.`,
    );
  return { home: outside, outside: true, binaries: copied, way };
}

function checkMark(home: string, outside: string): void {
  const [here, there] = [path.join(home, "outside"), path.join(outside, "belongs-to")];
  if (!existsSync(here) && !existsSync(there)) {
    const mark = randomUUID();
    writeOwnText(there, mark);
    writeOwnText(here, mark);
  }
  const [ours, theirs] = [readOwnText(here), readOwnText(there)];
  if (ours && !theirs)
    throw new Error(
      `The database of ${home} lay in ${outside}, and is not there now (another machine or container?). Bring it back, or set DAYBOOK_DATA.`,
    );
  if (ours !== theirs)
    throw new Error(`${outside} holds the data of another clone of Daybook: move it away, or set DAYBOOK_DATA.`);
}
