import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const home = path.resolve("bench/peers");

/** Imports a library that Daybook is measured against; the first call installs them all, at the versions of their own lock file. */
export async function importPeer<T>(name: string): Promise<T> {
  if (!existsSync(path.join(home, "node_modules/.package-lock.json"))) {
    console.error("Installing the peers …");
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: home,
      stdio: "inherit",
    });
  }
  const file = createRequire(path.join(home, "package.json")).resolve(name);
  return (await import(pathToFileURL(file).href)) as T;
}
