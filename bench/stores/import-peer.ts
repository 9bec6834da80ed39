import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const home = path.resolve("bench/peers");

/** Imports a library that Daybook is measured against; the first call installs them all. */
export async function importPeer<T>(name: string): Promise<T> {
  await installPeers();
  const file = createRequire(path.join(home, "package.json")).resolve(name);
  return (await import(pathToFileURL(file).href)) as T;
}

/** Installs what is not there at the versions of the peers' own lock file. */
export async function installPeers(): Promise<void> {
  if (installed()) return;
  console.error("Installing the peers …");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: home,
    stdio: ["ignore", 2, 2], // what is measured alone goes to stdout
  });
}

type Lock = { packages: Record<string, { version?: string }> };

/** Whether what is in node_modules is what the lock file asks for. */
function installed(): boolean {
  try {
    const here = lockAt("node_modules/.package-lock.json");
    return Object.entries(lockAt("package-lock.json")).every(([name, { version }]) => !name || here[name]?.version === version);
  } catch {
    return false;
  }
}

function lockAt(file: string): Lock["packages"] {
  return (JSON.parse(readFileSync(path.join(home, file), "utf8")) as Lock).packages;
}
