import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { identify } from "../processes/process-identity";

const prefix = path.join(tmpdir(), "daybook-small-disk-");

/** A file system of a few MB, to be filled to its last byte. */
export type SmallDisk = { readonly folder: string; fill(): void; free(): void; remove(): void };

/** Undefined where this process may not mount one. */
export function smallDisk(megabytes: number, owner?: { uid: number; gid: number }): SmallDisk | undefined {
  clearAbandoned();
  const mount = mkdtempSync(`${prefix}${process.pid}-`);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", mount], { stdio: "ignore" });
  } catch {
    rmdirSync(mount);
    return undefined;
  }
  if (owner) chownSync(mount, owner.uid, owner.gid);
  const ballast = path.join(mount, "ballast");
  return {
    folder: mount,
    fill() {
      for (const size of [1 << 20, 4_096]) {
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: "a" });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        }
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => remove(mount),
  };
}

function remove(mount: string): void {
  execFileSync("umount", ["--lazy", mount], { stdio: "ignore" });
  rmdirSync(mount);
}

/** Gives back the memory of those whose tests were killed. */
function clearAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const mount = path.join(tmpdir(), name);
    if (mount.startsWith(prefix) && !identify(Number(mount.slice(prefix.length).split("-")[0]))) remove(mount);
  }
}
