import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import type { Binaries } from "@/infra/embedded-postgres/binaries";

/** A user that PostgreSQL can run as. It refuses root, so root has to become somebody else. */
export type RunAs = {
  /** The user that must own the data folder, as seen from outside; undefined: leave it as it is. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly spawn: { readonly uid?: number; readonly gid?: number; readonly cwd?: string };
  /** Words to put before the command. */
  readonly prefix: readonly string[];
};

const nobody = 65_534;

/** The ways to run as somebody other than root, best first. For an ordinary user: as oneself. */
export function waysToRun(): readonly RunAs[] {
  if (process.getuid?.() !== 0) return [{ spawn: {}, prefix: [] }];
  const users = [idOf("postgres"), idOf("nobody") ?? { uid: nobody, gid: nobody }].filter((user) => user !== undefined);
  const asUser = users.map((user) => ({ owner: user, spawn: { ...user, cwd: "/" }, prefix: [] }));
  if (process.platform !== "linux") return asUser;
  // In a user namespace root's own files stay reachable below folders that are closed to everybody else.
  const prefix = ["unshare", "-U", `--map-user=${nobody}`, `--map-group=${nobody}`, "--"];
  return [...asUser, { owner: { uid: 0, gid: 0 }, spawn: { cwd: "/" }, prefix }];
}

/** Whether this user can run the binaries and write below `folder`: tried, since permissions alone do not tell. */
export function worksFor(way: RunAs, binaries: Pick<Binaries, "postgres">, folder: string): boolean {
  const probe = mkdtempSync(path.join(folder, "probe-"));
  try {
    if (way.owner) chownSync(probe, way.owner.uid, way.owner.gid);
    const script = '"$0" --version >/dev/null 2>&1 && : > "$1/written"';
    const [command, args] = commandFor(way, "/bin/sh", ["-c", script, binaries.postgres, probe]);
    return spawnSync(command, args, { ...way.spawn, stdio: "ignore" }).status === 0;
  } catch {
    return false; // root of a container without that user may not give it a file
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

/** The command and arguments that run `command` in this way. */
export function commandFor(way: RunAs, command: string, args: readonly string[]): [string, string[]] {
  const [first = command, ...rest] = [...way.prefix, command, ...args];
  return [first, rest];
}

function idOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const ask = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    const [uid, gid] = [ask("-u"), ask("-g")];
    return uid >= 0 && gid >= 0 ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}
